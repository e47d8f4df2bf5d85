using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// A folder that others filled. Reading stays inside its <see cref="Boundary"/>, is bounded in bytes and entries, and turns every failure into a problem.
/// </summary>
internal sealed class ArtifactFolder
{
    private const int MostEntries = 50_000;
    private const int MostTexts = 200;
    private const int MostTextBytes = 16 * 1024 * 1024;

    private readonly Boundary boundary;
    private readonly List<ReadProblem> problems;
    private int texts;
    private bool full;
    private long textBytes;

    public ArtifactFolder(string folder, List<ReadProblem> problems)
    {
        this.problems = problems;
        boundary = new Boundary(folder);
    }

    /// <inheritdoc cref="Boundary.Name"/>
    public string Name => boundary.Name;

    /// <inheritdoc cref="Boundary.IsDataset"/>
    public bool IsDataset => boundary.IsDataset;

    /// <summary>The names of the entries of a folder, in ordinal order, at most 50,000; a problem says what could not be listed.</summary>
    /// <param name="under">The folder, relative to the root; empty for the root.</param>
    public IReadOnlyList<string> Names(string under)
    {
        var shown = under.Length == 0 ? "." : under;
        var names = new List<string>();
        try
        {
            var path = Path.Combine(boundary.Root, under);
            if (RealPath.Of(path) is not { } real || !boundary.Holds(real))
            {
                problems.Add(under.Length == 0 ? Missing() : FileProblems.Outside(under));
                return [];
            }
            foreach (var entry in Directory.EnumerateFileSystemEntries(real))
            {
                if (names.Count == MostEntries)
                {
                    problems.Add(
                        Problems.Unreadable(
                            Problems.File(shown),
                            $"`{shown}` holds more than {MostEntries} entries; the others were not looked at. Point to the folder of one model.",
                            $"`{shown}` 中的条目超过 {MostEntries} 个，其余未查看。请指定单个模型所在的文件夹。"
                        )
                    );
                    break;
                }
                names.Add(Path.GetFileName(entry));
            }
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            problems.Add(FileProblems.Failed(shown, problem));
        }
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>True where the entry is a folder or a link to one.</summary>
    public bool IsFolder(string file) => Directory.Exists(Path.Combine(boundary.Root, file));

    /// <summary>The text of a file, at most its first 2 MB; null with a problem when it cannot be read, or when too much was read already.</summary>
    /// <param name="file">Its path relative to the root, with forward slashes.</param>
    public TextFile? Read(string file)
    {
        if (full)
        {
            return null;
        }
        if (texts >= MostTexts || textBytes >= MostTextBytes)
        {
            full = true;
            problems.Add(
                Problems.Unreadable(
                    Problems.File(file),
                    $"`{file}` and what follows it was not read: the folder holds more than {MostTexts} texts, or more than 16 MB of them. Remove those that are no license or notice.",
                    $"`{file}` 及其后的文件未读取：文件夹中的文本超过 {MostTexts} 个，或合计超过 16 MB。请移除并非许可或声明的文件。"
                )
            );
            return null;
        }
        try
        {
            return ReadInside(file);
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            problems.Add(FileProblems.Failed(file, problem));
            return null;
        }
    }

    private TextFile? ReadInside(string file)
    {
        var real = RealPath.Of(Path.Combine(boundary.Root, file));
        if (real is null)
        {
            problems.Add(FileProblems.LeadsNowhere(file));
            return null;
        }
        if (!boundary.Holds(real))
        {
            problems.Add(FileProblems.Outside(file));
            return null;
        }
        if (Directory.Exists(real))
        {
            problems.Add(
                Problems.Unreadable(
                    Problems.File(file),
                    $"`{file}` is a folder where a file is expected. Rename the folder and put the text in a file of that name.",
                    $"`{file}` 是文件夹，此处应为文件。请重命名该文件夹，并把文本放入同名文件。"
                )
            );
            return null;
        }
        var bytes = Bytes(real, out var truncated);
        texts++;
        textBytes += bytes.Length;
        return DocumentText.Read(file, bytes, truncated, problems);
    }

    // A length of 0 is taken at its word and the file not opened: pipes and devices have it, and opening those may block for ever.
    private static byte[] Bytes(string path, out bool truncated)
    {
        truncated = false;
        var length = new FileInfo(path).Length;
        if (length == 0)
        {
            return [];
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var bytes = new byte[(int)Math.Min(length, DocumentText.MostBytes)];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        truncated = length > DocumentText.MostBytes;
        return count == bytes.Length ? bytes : bytes[..count];
    }

    /// <summary>
    /// Opens a binary file of which only headers are read; null with a problem where it cannot be opened. Who calls closes the stream.
    /// </summary>
    /// <param name="file">Its path relative to the root, with forward slashes.</param>
    public FileStream? Open(string file)
    {
        try
        {
            var real = RealPath.Of(Path.Combine(boundary.Root, file));
            if (real is null || !boundary.Holds(real))
            {
                problems.Add(real is null ? FileProblems.LeadsNowhere(file) : FileProblems.Outside(file));
                return null;
            }
            // Pipes and devices have no length, and opening those may block for ever.
            return Directory.Exists(real) || new FileInfo(real).Length == 0
                ? null
                : new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            problems.Add(FileProblems.Failed(file, problem));
            return null;
        }
    }

    private ReadProblem Missing() =>
        Problems.Unreadable(
            Problems.File("."),
            $"there is no folder `{Problems.Excerpt(Name)}`. Give the path of a folder that holds a model.",
            $"没有文件夹 `{Problems.Excerpt(Name)}`。请给出模型所在文件夹的路径。"
        );
}
