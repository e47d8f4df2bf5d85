using System.Collections.Frozen;
using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// The license and notice files in a folder and the folders below it, by their names. What tools put there is passed over, links to folders
/// are not entered, and files are read only inside the folder's <see cref="Boundary"/>.
/// </summary>
public sealed class LicenseFolder
{
    private const int MostEntries = 500_000;
    private const int MostFiles = 10_000;

    private static readonly FrozenSet<string> PassedOver = FrozenSet.ToFrozenSet(
        [".git", ".hg", ".svn", ".jj", "node_modules", "bower_components", "__pycache__", ".venv", "venv", ".tox", ".nox"],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly Boundary boundary;

    /// <summary>Looks through a folder.</summary>
    public LicenseFolder(string folder)
    {
        boundary = new Boundary(folder);
        var files = new List<string>();
        var problems = ImmutableArray.CreateBuilder<ReadProblem>();
        var pending = new Stack<string>([""]);
        var room = MostEntries;
        while (pending.TryPop(out var under))
        {
            try
            {
                Look(under, files, pending, ref room);
            }
            catch (Exception problem) when (FileProblems.IsInputOutput(problem))
            {
                problems.Add(FileProblems.Failed(under.Length == 0 ? "." : under, problem));
            }
            if (room <= 0 || files.Count > MostFiles)
            {
                problems.Add(TooMany());
                break;
            }
        }
        files.Sort(StringComparer.Ordinal);
        Files = [.. files.Take(MostFiles)];
        Unseen = problems.ToImmutable();
    }

    /// <summary>The files, relative to the folder, with forward slashes, in ordinal order; at most 10,000.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>What could not be looked through.</summary>
    public ImmutableArray<ReadProblem> Unseen { get; }

    /// <summary>Opens one of the <see cref="Files"/>.</summary>
    /// <param name="file">Its path relative to the folder.</param>
    /// <param name="shown">Its name as it is shown.</param>
    public OpenedFile Open(string file, string shown)
    {
        try
        {
            var real = RealPath.Of(Path.Combine(boundary.Root, file));
            return real is null ? OpenedFile.Unread(shown, FileProblems.LeadsNowhere(shown))
                : !boundary.Holds(real) ? OpenedFile.Unread(shown, FileProblems.Outside(shown))
                // A length of 0 is taken at its word: pipes and devices have it, and opening those may block for ever.
                : new FileInfo(real).Length == 0 ? OpenedFile.Of(shown, default, truncated: false)
                : OpenedFile.Read(real, shown);
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return OpenedFile.Unread(shown, FileProblems.Failed(shown, problem));
        }
    }

    private void Look(string under, List<string> files, Stack<string> pending, ref int room)
    {
        var all = KnownFiles.IsLicenseFolder(Path.GetFileName(under));
        foreach (var entry in new DirectoryInfo(Path.Combine(boundary.Root, under)).EnumerateFileSystemInfos())
        {
            if (--room <= 0)
            {
                return;
            }
            var path = under.Length == 0 ? entry.Name : $"{under}/{entry.Name}";
            if (entry.Attributes.HasFlag(FileAttributes.Directory))
            {
                if (entry.LinkTarget is null && !PassedOver.Contains(entry.Name))
                {
                    pending.Push(path);
                }
            }
            else if (KnownFiles.IsLicense(entry.Name) || KnownFiles.IsNotice(entry.Name) || (all && KnownFiles.MayBeProse(entry.Name)))
            {
                files.Add(path);
            }
        }
    }

    private ReadProblem TooMany() =>
        Problems.Unreadable(
            Problems.File(boundary.Name),
            $"`{boundary.Name}` holds more than {MostFiles} license files or {MostEntries} entries; the others were not looked at. Name a folder below it.",
            $"`{boundary.Name}` 中的许可证文件超过 {MostFiles} 个，或条目超过 {MostEntries} 个，其余未查看。请指定其下的文件夹。"
        );
}
