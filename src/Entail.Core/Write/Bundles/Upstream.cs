using System.Collections.Immutable;
using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write.Bundles;

/// <summary>What the works behind a shipped one want said of them: in a notice file, and on the card.</summary>
public sealed class Upstream
{
    private static readonly string[] OfNotice = ["state-changes", "attribution", "notice-file", "retain-notices"];
    private static readonly string[] OfCard = ["state-changes", "attribution", "display-brand", "notice-file", "pass-use-restrictions"];

    private readonly CompiledCatalog catalog;
    private readonly CheckResult result;
    private readonly DateOnly? changedOn;
    private readonly Phrases say;
    private readonly Func<string, bool> has;
    private readonly ImmutableArray<DutyStatus> inherited;

    /// <param name="catalog">The licenses.</param>
    /// <param name="result">What a check found.</param>
    /// <param name="changedOn">The day on which the work was changed; null where nobody said it.</param>
    /// <param name="say">The language.</param>
    /// <param name="has">Whether a file of that name is in the folder, or goes there.</param>
    public Upstream(CompiledCatalog catalog, CheckResult result, DateOnly? changedOn, Phrases say, Func<string, bool> has)
    {
        this.catalog = catalog;
        this.result = result;
        this.changedOn = changedOn;
        this.say = say;
        this.has = has;
        inherited = [.. result.Duties.Where(d => d.Origin != Root.Id)];
    }

    private LinkedWork Root => result.Decision.Lineage.RootWork;

    /// <summary>The duties that a notice file does; to keep notices, as far as it holds any.</summary>
    /// <param name="noticesOf">The notices in the folder of a base work.</param>
    public ImmutableArray<DutyStatus> NoticeDuties(Func<string, ImmutableArray<TextFile>> noticesOf) =>
        [.. inherited.Where(d => OfNotice.Contains(d.Owe.Duty) && (d.Owe.Duty != "retain-notices" || !noticesOf(d.Origin).IsEmpty))];

    /// <summary>The duties that the card does.</summary>
    public ImmutableArray<DutyStatus> CardDuties => [.. inherited.Where(d => OfCard.Contains(d.Owe.Duty))];

    /// <summary>The statements of changes whose license wants a date, where none was given.</summary>
    public IEnumerable<DutyStatus> Undated =>
        changedOn is null ? inherited.Where(d => d is { Owe: { Duty: "state-changes", Form: "dated" }, State: not DutyState.Met }) : [];

    /// <summary>The licenses whose restrictions have to be attached, because the work goes out under a license of one's own that the catalog does not have.</summary>
    public IEnumerable<(License License, ImmutableArray<DutyStatus> Duties)> Attached =>
        result.Decision.Question.As is { } own && own.Singles().All(s => catalog.Resolve(s.Id) is Resolution.Unknown)
            ? Restricting("pass-use-restrictions")
            : [];

    /// <summary>The licenses whose restrictions have to bind the users of a hosted work.</summary>
    public IEnumerable<(License License, ImmutableArray<DutyStatus> Duties)> Binding =>
        result.Decision.Question.Acts.Contains(Act.Host) ? Restricting("bind-users") : [];

    /// <summary>The file in the folder that is a copy of the license; null where none is.</summary>
    public string? CopyOf(License license) =>
        result
            .Duties.Where(d => d.License == license.Id && d is { Owe.Duty: "include-license", State: DutyState.Met })
            .SelectMany(d => d.Evidence)
            .FirstOrDefault(e => e.Source == EvidenceSource.Identified)
            ?.File;

    /// <summary>The notice file; null where nothing that others wrote leaves anything to say.</summary>
    /// <param name="kept">An earlier bundle wrote one: what it did is owed still.</param>
    /// <param name="noticesOf">The notices in the folder of a base work.</param>
    public string? Notice(bool kept, Func<string, ImmutableArray<TextFile>> noticesOf)
    {
        var duties = NoticeDuties(noticesOf);
        var open = duties.Any(d =>
            kept || d.Owe.Duty == "retain-notices" || (d.State != DutyState.Met && d.Owe is not { Duty: "notice-file", Words: null })
        );
        if (!open)
        {
            return null;
        }
        var text = new StringBuilder();
        text.Append(Root.Id).Append("\n\n");
        text.Append(
                say.Say(
                    "What follows is due to the works that this one was made from. It goes with every copy.",
                    "以下内容应本作品所依据的作品要求列出，须随每份副本提供。"
                )
            )
            .Append('\n');
        foreach (var (origin, owed) in Origins(duties))
        {
            text.Append('\n').Append(origin).Append('\n');
            foreach (var license in owed.Select(d => d.License).Distinct())
            {
                text.Append(say.Say("License: ", "许可证：")).Append(Named(license)).Append('\n');
            }
            foreach (var statement in Statements(owed))
            {
                text.Append(statement).Append('\n');
            }
            foreach (var words in Words(owed, "notice-file"))
            {
                text.Append(words).Append('\n');
            }
            foreach (var notice in owed.Any(d => d.Owe.Duty == "retain-notices") ? noticesOf(origin) : [])
            {
                text.Append('\n')
                    .Append(say.Say($"{notice.File} of {origin}:", $"{origin} 的 {notice.File}："))
                    .Append("\n\n")
                    .Append(notice.Text.ReplaceLineEndings("\n").TrimEnd())
                    .Append('\n');
            }
        }
        return text.ToString();
    }

    /// <summary>The section of the card, without its frame; null where there is nothing to say on it.</summary>
    public string? Section()
    {
        var origins = Origins(CardDuties).ToList();
        if (origins.Count == 0)
        {
            return null;
        }
        var text = new StringBuilder(say.Say("## Origin and terms\n", "## 来源与条款\n"));
        foreach (var (origin, duties) in origins)
        {
            var lines = new List<string>();
            foreach (var license in duties.Select(d => d.License).Distinct())
            {
                var file = FileOf(license);
                var terms = $"[{Title(license)}]({file ?? catalog.Find(license)?.Url})";
                lines.Add(
                    Root.Steps.Any(s => s.From == origin && s.Act is Act.Copy or Act.Embed)
                        ? say.Say($"Contains {origin}, which is under {terms}.", $"包含 {origin}，其许可证为 {terms}。")
                        : say.Say($"Made from {origin}, which is under {terms}.", $"由 {origin} 制作，其许可证为 {terms}。")
                );
                if (duties.Any(d => d.License == license && d.Owe.Duty == "pass-use-restrictions"))
                {
                    lines.Add(
                        say.Say(
                            "Its use restrictions apply to everyone who receives this work or anything made from it; pass them on with every copy.",
                            "其用途限制适用于获得本作品或由其制作的任何作品的所有人，须随每份副本继续传递。"
                        )
                    );
                }
            }
            lines.AddRange(Statements(duties));
            lines.AddRange(Words(duties, "notice-file"));
            foreach (var line in lines)
            {
                text.Append('\n').Append(line).Append('\n');
            }
            foreach (var brand in Words(duties, "display-brand"))
            {
                text.Append("\n**").Append(brand).Append("**\n");
            }
        }
        return text.ToString();
    }

    private IEnumerable<(License License, ImmutableArray<DutyStatus> Duties)> Restricting(string duty) =>
        result
            .Duties.Where(d => d.Owe.Duty == duty)
            .GroupBy(d => d.License, StringComparer.Ordinal)
            .Select(g => (catalog.Find(g.Key)!, g.ToImmutableArray()))
            .Where(g => g.Item1.Rules.Any(r => r.Effect is Effect.Restrict) && g.Item2.Any(d => d.State != DutyState.Met || IsOurs(d)));

    // What an earlier bundle did is owed still, and a copy of the license beside the work is no term of one's own.
    private bool IsOurs(DutyStatus duty) =>
        duty.Evidence.All(e =>
            e.File == BundlePlan.FileOf(duty.License, BundleKind.Terms)
            || e.File == BundlePlan.FileOf(duty.License, BundleKind.Restrictions)
            || catalog.Find(duty.License)!.Documents.Any(d => e.File == BundlePlan.FileOf(catalog.Find(duty.License)!, d))
        );

    private static IEnumerable<(string Origin, ImmutableArray<DutyStatus> Duties)> Origins(IEnumerable<DutyStatus> duties) =>
        duties
            .GroupBy(d => d.Origin, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
                (g.Key, g.OrderBy(d => d.License, StringComparer.Ordinal).ThenBy(d => d.Rule.Id, StringComparer.Ordinal).ToImmutableArray())
            );

    // Against the nearest work that is known, by what was done since.
    private IEnumerable<string> Statements(ImmutableArray<DutyStatus> duties) =>
        duties
            .Where(d => d.Owe.Duty is "state-changes" or "attribution")
            .GroupBy(d => d.Base, StringComparer.Ordinal)
            .Select(g =>
            {
                var steps = Root.Steps.Where(s => s.From == g.Key).Select(s => s.Act).ToList();
                return g.Any(d => d.Owe.Duty == "state-changes")
                    ? Changes.Statement(g.Key, steps.Count > 0 ? steps : [Act.Modify], changedOn, say)
                    : say.Say($"Based on {g.Key}.", $"基于 {g.Key}。");
            });

    // Where the license leaves the choice between lines, the first will do.
    private IEnumerable<string> Words(ImmutableArray<DutyStatus> duties, string duty) =>
        duties
            .Where(d => d.Owe.Duty == duty)
            .Select(d => d.Owe.Words?.Split(" | ")[0])
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(w => char.IsLower(w[0]) ? $"{Root.Id} {w}" : w);

    private string? FileOf(string license) =>
        catalog.Find(license) is not { } known
            ? null
            : CopyOf(known) ?? (BundlePlan.FileOf(known, known.Documents[0]) is var file && has(file) ? file : null);

    private string Named(string license) => $"{Title(license)}: {FileOf(license) ?? catalog.Find(license)?.Url}";

    private string Title(string license) => catalog.Find(license) is { } known ? $"{say.Say(known.Name)} ({license})" : license;
}
