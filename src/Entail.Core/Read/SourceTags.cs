using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// The <c>SPDX-License-Identifier</c> tags in the code files of a folder
/// (https://spdx.github.io/spdx-spec/v3.0.1/annexes/using-SPDX-short-identifiers-in-source-files/).
/// </summary>
internal static partial class SourceTags
{
    private const int MostFiles = 500;
    private const int MostBytes = 4096;

    /// <summary>
    /// Each expression once, where the first file in ordinal order has it. Read is the beginning of the first 500 code files; folders that are links
    /// or hidden, or hold the installed packages of others, are passed over. What cannot be read has no tag, which is no problem.
    /// </summary>
    public static IEnumerable<TermsSource> In(Boundary boundary)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in CodeFiles.In(boundary, KnownFiles.IsCode, MostFiles))
        {
            if (CodeFiles.Read(boundary, file, MostBytes) is not { } text)
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
