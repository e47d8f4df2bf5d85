using System.Text.RegularExpressions;

namespace Entail.Tests;

/// <summary>What we agreed on for the code, checked.</summary>
public sealed class Conventions
{
    // What each stage of Core may look at: the model, and stages upstream of it (DESIGN, "The way data flows").
    private static readonly Dictionary<string, string[]> Upstream = new(StringComparer.Ordinal)
    {
        ["Model"] = [],
        ["Catalog"] = ["Model"],
        ["Read"] = ["Model", "Catalog"],
        ["Identify"] = ["Model", "Catalog"],
        ["Link"] = ["Model", "Catalog", "Read", "Identify"],
        ["Decide"] = ["Model", "Catalog", "Identify"],
        ["Explain"] = ["Model", "Catalog", "Identify", "Decide"],
    };

    private static readonly string[] Stages = ["Model", "Catalog", "Read", "Identify", "Link", "Decide", "Explain", "Write"];

    // Reason beside each: a word that is a license's id and something else too.
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal);

    [Fact]
    public void Code_never_names_a_license()
    {
        var ids = Repository.Catalog.LicenseIds.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = Sources("src")
            .SelectMany(f => Regex.Matches(f.Text, "(?<=\")[^\"\n]*(?=\")").Select(m => (f.File, m.Value)))
            .Where(l => ids.Contains(l.Value) && !Allowed.Contains(l.Value));
        Assert.Empty(named);
    }

    [Fact]
    public void Stages_look_only_upstream()
    {
        foreach (var (stage, upstream) in Upstream)
        {
            foreach (var (file, text) in Sources("src/Entail.Core/" + stage))
            {
                // Both `using Entail.Core.Read;` and a qualified `Decide.Territories`.
                var used = Stages.Where(s =>
                    s != stage && Regex.IsMatch(text, $@"(using (static )?Entail\.Core\.{s}\b|(?<![\w.]){s}\.[A-Z]\w+[ (.<>])")
                );
                Assert.True(!used.Except(upstream).Any(), $"{file} looks at {string.Join(", ", used.Except(upstream))}");
            }
        }
    }

    [Theory]
    [InlineData(@"\bSystem\.IO\b")]
    [InlineData(@"\bSystem\.Net\b")]
    [InlineData(@"\b(File|Directory|Path|Console|Environment|HttpClient|Process|Random|Guid|Task|Thread)\.")]
    [InlineData(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    [InlineData(@"\b(Stopwatch|TimeProvider|Stream|async|await)\b")]
    public void Deciding_touches_no_file_network_or_clock(string pattern) =>
        Assert.All(Sources("src/Entail.Core/Decide"), f => Assert.False(Regex.IsMatch(f.Text, pattern), $"{f.File} matches {pattern}"));

    // Source files without their comments, which may say anything.
    private static IEnumerable<(string File, string Text)> Sources(string folder)
    {
        var root = Path.Combine(Repository.Root, folder);
        var separators = new[] { Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar };
        return !Directory.Exists(root)
            ? []
            : Directory
                .GetFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(f => !f[Repository.Root.Length..].Split(separators).Any(p => p is "bin" or "obj"))
                .Order(StringComparer.Ordinal)
                .Select(f => (f[(Repository.Root.Length + 1)..], Regex.Replace(File.ReadAllText(f), @"(?m)(^|\s)//.*$", "")));
    }
}
