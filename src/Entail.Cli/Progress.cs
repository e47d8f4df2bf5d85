using System.Diagnostics;

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
    public void Report(int done, int total)
    {
        if (!shown || watch.Elapsed < next)
        {
            return;
        }
        next = watch.Elapsed + Pause;
        var text = total > 0 ? $"{done} of {total}" : $"{done}";
        Console.Error.Write($"\r{text.PadRight(width)}");
        width = text.Length;
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
