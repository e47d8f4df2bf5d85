using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entail.Core.Model;
using Entail.Core.Read.Formats;

namespace Entail.Core.Read;

/// <summary>What the weights of a folder say of themselves in their headers. Of weights in several files the first one speaks.</summary>
internal static partial class Headers
{
    private const int MostFiles = 64;

    /// <summary>Each file that says anything, in the order of the names.</summary>
    public static ImmutableArray<(string File, Declaration Declaration)> Of(
        ArtifactFolder artifact,
        IReadOnlyList<string> names,
        List<ReadProblem> problems
    ) =>
        [
            .. names
                .Where(n => (KnownFiles.HasHeader(n) && !IsLaterShard(n)) || KnownFiles.IsShardIndex(n))
                .Where(n => !artifact.IsFolder(n))
                .Take(MostFiles)
                .Select(n => (n, Of(artifact, n, problems)))
                .Where(h => h.Item2 is not null)
                .Select(h => (h.n, h.Item2!)),
        ];

    /// <summary>What a file says that is known to be GGUF, whatever it is called.</summary>
    public static Declaration? Gguf(ArtifactFolder artifact, string file, List<ReadProblem> problems) =>
        Of(artifact, file, ".gguf", problems);

    /// <summary>What one file says of itself; null where it cannot be opened, or only stands for the weights.</summary>
    public static Declaration? Of(ArtifactFolder artifact, string file, List<ReadProblem> problems) =>
        Of(artifact, file, Path.GetExtension(file).ToLowerInvariant(), problems);

    private static Declaration? Of(ArtifactFolder artifact, string file, string format, List<ReadProblem> problems)
    {
        using var stream = artifact.Open(file);
        if (stream is null)
        {
            return null;
        }
        try
        {
            return Of(stream, file, format, problems);
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            problems.Add(FileProblems.Failed(file, problem));
            return null;
        }
    }

    private static Declaration? Of(FileStream stream, string file, string format, List<ReadProblem> problems)
    {
        var start = new byte[(int)Math.Min(stream.Length, LfsPointer.LongestPointer)];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (LfsPointer.Read(start.AsSpan(0, count)) is not null)
        {
            return null;
        }
        var source = new ByteSource(stream, file, problems);
        if (KnownFiles.IsShardIndex(file))
        {
            // It says nothing of a license; that it leads nowhere else is worth knowing.
            SafetensorsIndex.Read(source, problems);
            return null;
        }
        return format switch
        {
            ".gguf" => GgufReader.Read(source, problems),
            ".safetensors" => SafetensorsReader.Read(source, problems),
            ".onnx" => Onnx.Read(source, problems).Declared(source),
            // Archives of PyTorch and others; before 1.6 PyTorch wrote bare pickles, which say nothing that can be read without running them.
            _ when ZipListing.Begins(start) => ZipListing.Read(source).Declared(source, problems),
            _ => null,
        };
    }

    // model-00002-of-00009.safetensors: the first part says all.
    private static bool IsLaterShard(string name) =>
        Shard().Match(name) is { Success: true } shard && shard.Groups["number"].Value.TrimStart('0') != "1";

    [GeneratedRegex(@"-(?<number>\d{5})-of-\d{5}\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Shard();
}
