using System.Diagnostics;
using System.Globalization;

namespace Entail.Cli;

/// <summary>Says on a terminal how far a long task is, from its second second on, and leaves nothing behind.</summary>
internal sealed class Progress(bool quiet) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool shown = !quiet && !Console.IsErrorRedirected;
    private TimeSpan next = Patience;
    private int width;

    /// <summary>So many are done; 0 in all where that is not known.</summary>
    public void Report(int done, int total) => Report(done, total, total > 0 ? (double)done / total : 0);

    /// <summary>So many are done, of so many or of a share from 0 to 1; 0 where that is not known. Told with the rate and the time that is left.</summary>
    public void Report(long done, long total, double share)
    {
        if (!shown || watch.Elapsed < next)
        {
            return;
        }
        next = watch.Elapsed + Pause;
        var text = Text(done, total, share, watch.Elapsed);
        Console.Error.Write($"\r{text.PadRight(width)}");
        width = text.Length;
    }

    /// <summary>How far a task is: how many, of how many, how many a second, and how long at that rate.</summary>
    internal static string Text(long done, long total, double share, TimeSpan elapsed)
    {
        var left = elapsed * ((1 - share) / Math.Max(share, 1e-9));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{done:#,0}{(total > 0 ? $" of {total:#,0}" : "")}{(share > 0 ? $" ({share:0%})" : "")}, {done / elapsed.TotalSeconds:#,0}/s{(share > 0 ? $", {Math.Ceiling(left.TotalSeconds):#,0} s left" : "")}"
        );
    }

    /// <summary>Clears the line, so that others can write.</summary>
    public void Clear()
    {
        if (width > 0)
        {
            Console.Error.Write($"\r{new string(' ', width)}\r");
            width = 0;
        }
    }

    public void Dispose() => Clear();
}
