using System.IO.Enumeration;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// A folder that others filled. Reading stays inside it, is bounded in bytes and entries, and turns every failure into a problem.
/// Links are followed while they stay inside; in the cache of the Hugging Face client (<c>models--org--name/snapshots/REVISION</c>), whose
/// files are links into <c>blobs</c>, the inside is the whole <c>models--org--name</c>.
/// </summary>
internal sealed class ArtifactFolder
{
    private const int MostEntries = 50_000;
    private const int MostTexts = 200;
    private const int MostTextBytes = 16 * 1024 * 1024;

    private readonly string root;
    private readonly string boundary;
    private readonly List<ReadProblem> problems;
    private int texts;
    private bool full;
    private long textBytes;

    public ArtifactFolder(string folder, List<ReadProblem> problems)
    {
        this.problems = problems;
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        root = RealPath.Of(path) ?? path;
        var snapshots = Path.GetDirectoryName(root);
        var cached = Path.GetDirectoryName(snapshots);
        var inCache =
            cached is not null
            && Path.GetFileName(snapshots) == "snapshots"
            && Path.GetFileName(cached).Contains("--", StringComparison.Ordinal)
            && Directory.Exists(Path.Combine(cached, "blobs"));
        boundary = inCache ? cached! : root;
        Name = inCache ? Path.GetFileName(cached)!.Split("--")[^1] : Path.GetFileName(root);
    }

    /// <summary>The folder's own name; in the client's cache, the model's.</summary>
    public string Name { get; }

    /// <summary>The names of the entries of a folder, in ordinal order, at most 50,000; a problem says what could not be listed.</summary>
    /// <param name="under">The folder, relative to the root; empty for the root.</param>
    public IReadOnlyList<string> Names(string under)
    {
        var shown = under.Length == 0 ? "." : under;
        var names = new List<string>();
        try
        {
            var path = Path.Combine(root, under);
            if (RealPath.Of(path) is not { } real || !Inside(real))
            {
                problems.Add(under.Length == 0 ? Missing() : Outside(under));
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
        catch (Exception problem) when (IsInputOutput(problem))
        {
            problems.Add(Failed(shown, problem));
        }
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>True where the entry is a folder or a link to one.</summary>
    public bool IsFolder(string file) => Directory.Exists(Path.Combine(root, file));

    /// <summary>
    /// The files in the folder and below it whose names are wanted, in ordinal order of their paths. Folders that are links or hidden, or hold the
    /// installed packages of others, are left out, and so is what lies deeper than 8 levels or behind the first 50,000 entries.
    /// </summary>
    public IReadOnlyList<string> Files(Func<string, bool> wanted)
    {
        var all = new FileSystemEnumerable<string>(
            root,
            (ref FileSystemEntry entry) => entry.IsDirectory ? "" : entry.ToFullPath(),
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 8,
                AttributesToSkip = FileAttributes.None,
                IgnoreInaccessible = true,
            }
        )
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                && entry.FileName is not ("node_modules" or "site-packages" or "__pycache__")
                && !entry.FileName.StartsWith('.'),
        };
        try
        {
            return
            [
                .. all.Take(MostEntries)
                    .Where(f => f.Length > 0 && wanted(Path.GetFileName(f)))
                    .Select(f => Path.GetRelativePath(root, f).Replace(Path.DirectorySeparatorChar, '/'))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception problem) when (IsInputOutput(problem))
        {
            // The names of the root were asked for before, and the problem is known.
            return [];
        }
    }

    /// <summary>The text in the first bytes of a file; null when it cannot be read, is empty or no text, which is no problem.</summary>
    public string? Beginning(string file, int bytes)
    {
        try
        {
            return RealPath.Of(Path.Combine(root, file)) is { } real && Inside(real) && !Directory.Exists(real)
                ? TextDecoding.Decode(Bytes(real, bytes, out _))
                : null;
        }
        catch (Exception problem) when (IsInputOutput(problem))
        {
            return null;
        }
    }

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
        catch (Exception problem) when (IsInputOutput(problem))
        {
            problems.Add(Failed(file, problem));
            return null;
        }
    }

    private TextFile? ReadInside(string file)
    {
        var real = RealPath.Of(Path.Combine(root, file));
        if (real is null)
        {
            problems.Add(
                Problems.Unreadable(
                    Problems.File(file),
                    $"`{file}` is a link that leads nowhere or in a circle. Put the file itself in its place.",
                    $"`{file}` 是失效或循环的链接。请改放文件本身。"
                )
            );
            return null;
        }
        if (!Inside(real))
        {
            problems.Add(Outside(file));
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
        var bytes = Bytes(real, DocumentText.MostBytes, out var truncated);
        texts++;
        textBytes += bytes.Length;
        return DocumentText.Read(file, bytes, truncated, problems);
    }

    // A length of 0 is taken at its word and the file not opened: pipes and devices have it, and opening those may block for ever.
    private static byte[] Bytes(string path, int most, out bool truncated)
    {
        truncated = false;
        var length = new FileInfo(path).Length;
        if (length == 0)
        {
            return [];
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var bytes = new byte[(int)Math.Min(length, most)];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        truncated = length > most;
        return count == bytes.Length ? bytes : bytes[..count];
    }

    private bool Inside(string real) =>
        real.Length == boundary.Length
            ? real == boundary
            : real.StartsWith(
                Path.EndsInDirectorySeparator(boundary) ? boundary : boundary + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            );

    private static bool IsInputOutput(Exception problem) =>
        problem
            is IOException
                or UnauthorizedAccessException
                or System.Security.SecurityException
                or ArgumentException
                or NotSupportedException;

    private ReadProblem Missing() =>
        Problems.Unreadable(
            Problems.File("."),
            $"there is no folder `{Problems.Excerpt(Name)}`. Give the path of a folder that holds a model.",
            $"没有文件夹 `{Problems.Excerpt(Name)}`。请给出模型所在文件夹的路径。"
        );

    private static ReadProblem Outside(string file) =>
        Problems.Unreadable(
            Problems.File(file),
            $"`{file}` points outside the folder and was not followed. Put the file itself in its place.",
            $"`{file}` 指向文件夹之外，未读取。请改放文件本身。"
        );

    private static ReadProblem Failed(string file, Exception problem) =>
        problem is UnauthorizedAccessException
            ? Problems.Unreadable(
                Problems.File(file),
                $"`{file}` may not be read by this user. Give read permission.",
                $"当前用户无权读取 `{file}`。请授予读取权限。"
            )
            : Problems.Unreadable(
                Problems.File(file),
                $"`{file}` cannot be read ({problem.GetType().Name}). Check that it exists and is whole.",
                $"`{file}` 无法读取（{problem.GetType().Name}）。请检查其是否存在且完整。"
            );
}
