using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// The <c>SPDX-License-Identifier</c> tags in the code files of a folder
/// (https://spdx.github.io/spdx-spec/v3.0.1/annexes/using-SPDX-short-identifiers-in-source-files/).
/// </summary>
internal static partial class SourceTags
{
    private const int MostEntries = 50_000;
    private const int DeepestFolder = 8;
    private const int MostFiles = 500;
    private const int MostBytes = 4096;

    /// <summary>
    /// Each expression once, where the first file in ordinal order has it. Read is the beginning of the first 500 code files; folders that are links
    /// or hidden, or hold the installed packages of others, are passed over. What cannot be read has no tag, which is no problem.
    /// </summary>
    public static IEnumerable<TermsSource> In(Boundary boundary)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in CodeFiles(boundary.Root))
        {
            if (Beginning(boundary, file) is not { } text)
            {
                continue;
            }
            foreach (var tag in Tag().Matches(text).Where(t => seen.Add(t.Groups["expression"].Value.Trim())))
            {
                var line = text.AsSpan(0, tag.Index).Count('\n') + 1;
                yield return new TermsSource(file, line, new string('\n', line - 1) + tag.Value, TermsKind.SourceTag);
            }
        }
    }

    private static IReadOnlyList<string> CodeFiles(string root)
    {
        try
        {
            var files = new FileSystemEnumerable<string>(
                root,
                (ref FileSystemEntry entry) => entry.ToFullPath(),
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    MaxRecursionDepth = DeepestFolder,
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
            return
            [
                .. files
                    .Take(MostEntries)
                    .Where(f => KnownFiles.IsCode(Path.GetFileName(f)))
                    .Select(f => Path.GetRelativePath(root, f).Replace(Path.DirectorySeparatorChar, '/'))
                    .Order(StringComparer.Ordinal)
                    .Take(MostFiles),
            ];
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return [];
        }
    }

    private static string? Beginning(Boundary boundary, string file)
    {
        try
        {
            // A length of 0 is taken at its word: pipes and devices have it, and opening those may block for ever.
            if (
                RealPath.Of(Path.Combine(boundary.Root, file)) is not { } real
                || !boundary.Holds(real)
                || new FileInfo(real) is not { Exists: true, Length: > 0 }
            )
            {
                return null;
            }
            using var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var bytes = new byte[MostBytes];
            return TextDecoding.Decode(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"SPDX-License-Identifier:[ \t]*(?<expression>[\w.+:() \t-]{1,300})",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Tag();
}
