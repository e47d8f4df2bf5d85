using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The <c>SPDX-License-Identifier</c> tags in the code files of a folder (https://spdx.github.io/spdx-spec/v3.0.1/annexes/using-SPDX-short-identifiers-in-source-files/).</summary>
internal static partial class SourceTags
{
    private const int MostFiles = 500;
    private const int MostBytes = 4096;

    /// <summary>Each expression once, where the first file in ordinal order has it. The beginning of the first 500 code files is read.</summary>
    public static IEnumerable<TermsSource> In(ArtifactFolder folder)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in folder.Files(KnownFiles.IsCode).Take(MostFiles))
        {
            if (folder.Beginning(file, MostBytes) is not { } text)
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

    [GeneratedRegex(
        @"SPDX-License-Identifier:[ \t]*(?<expression>[\w.+:() \t-]{1,300})",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Tag();
}
