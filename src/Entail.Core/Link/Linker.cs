using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Core.Link;

/// <summary>Declared facts to lineage: what a folder, entail.yaml and the catalog say, joined; gaps, cycles and contradictions named.</summary>
/// <param name="catalog">The catalog, for models and license names.</param>
/// <param name="folder">The folder that was read; null without one.</param>
/// <param name="configuration">entail.yaml; null without one.</param>
/// <param name="texts">The license texts identified in the folder.</param>
/// <param name="records">The hub's record of a work that nothing else knows; null where there is none.</param>
public sealed class Linker(
    CompiledCatalog catalog,
    FolderReading? folder,
    Configuration? configuration,
    ImmutableArray<FoundText> texts,
    Func<string, ConfiguredWork?>? records = null
)
{
    private readonly Dictionary<string, LinkedWork> works = new(StringComparer.Ordinal);
    private readonly List<LinkProblem> problems = [];

    /// <summary>A work as a record of the hub, or an entail.yaml that names no model, states it.</summary>
    public static LinkedWork Stated(CompiledCatalog catalog, ConfiguredWork work) =>
        new Linker(catalog, null, null, []).FromConfiguration(work);

    /// <summary>A work as the catalog has it.</summary>
    public static LinkedWork Known(CompiledCatalog catalog, string id, KnownModel model) =>
        new Linker(catalog, null, null, []).FromCatalog(id, model);

    /// <summary>The lineage of the work that is shipped.</summary>
    public Lineage Link()
    {
        var root = Root();
        var ordered = new List<LinkedWork>();
        Visit(root, "model", [], ordered);
        return new Lineage([.. ordered], root, [.. problems.Distinct()]);
    }

    private string Root()
    {
        var here = configuration?.Works.FirstOrDefault(w => w.Path is "." or "./" or "");
        if (configuration?.ShipWork is { } ship && configuration.Works.Any(w => w.Id == ship))
        {
            works[ship] =
                here?.Id == ship && folder is not null
                    ? FromFolder(folder, here)
                    : FromConfiguration(configuration.Works.First(w => w.Id == ship));
            return ship;
        }
        if (folder is not null && (here is not null || configuration is null || configuration.Works.IsEmpty || !SoleWork(out _)))
        {
            var id = here?.Id ?? folder.Name;
            works[id] = FromFolder(folder, here);
            return id;
        }
        _ = SoleWork(out var sole);
        works[sole!.Id] = FromConfiguration(sole);
        return sole.Id;
    }

    // Without `ship`, the work that nothing else is made from is meant, if there is just one.
    private bool SoleWork(out ConfiguredWork? sole)
    {
        var used = configuration!.Works.SelectMany(w => w.Steps).Select(s => s.Work).ToHashSet(StringComparer.Ordinal);
        var roots = configuration.Works.Where(w => !used.Contains(w.Id)).ToList();
        sole = roots.LastOrDefault() ?? configuration.Works.LastOrDefault();
        return roots.Count == 1;
    }

    private void Visit(string id, string kind, ImmutableList<string> path, List<LinkedWork> ordered)
    {
        if (ordered.Exists(w => w.Id == id))
        {
            return;
        }
        var work = Find(id, kind);
        var kept = ImmutableArray.CreateBuilder<LinkedStep>();
        foreach (var step in work.Steps)
        {
            if (step.From == id || path.Contains(step.From))
            {
                problems.Add(new LinkProblem("lineage-cycle", id, step.From, [step.Evidence]));
                continue;
            }
            kept.Add(step);
            Visit(step.From, step.Act == Act.TrainOnData ? "dataset" : "model", path.Add(id), ordered);
            if (works[step.From].Origin == WorkOrigin.Missing)
            {
                problems.Add(new LinkProblem("base-not-found", id, step.From, [step.Evidence]));
            }
        }
        ordered.Add(works[id] = work with { Steps = kept.ToImmutable() });
    }

    private LinkedWork Find(string id, string kind)
    {
        if (works.TryGetValue(id, out var known))
        {
            return known;
        }
        var configured = configuration?.Works.FirstOrDefault(w => w.Id == id);
        return works[id] =
            configured is not null ? FromConfiguration(configured)
            : catalog.FindModel(id) is { } model ? FromCatalog(id, model)
            : folder?.Works.FirstOrDefault(w => w.Id == id) is { } beside ? Beside(beside)
            : records?.Invoke(id) is { } record ? FromConfiguration(record) with { Origin = WorkOrigin.Record }
            : new LinkedWork(id, kind, WorkOrigin.Missing, [], [], Facts.None, null, null);
    }

    private LinkedWork FromCatalog(string id, KnownModel model)
    {
        var evidence = new Evidence(model.Source, null, null, model.Id, null, EvidenceSource.Catalog);
        return new LinkedWork(
            id,
            model.Kind,
            WorkOrigin.Catalog,
            [.. model.Licenses.Select(l => License(l.Key, new Claim(l.Value, evidence), null))],
            [.. model.From.Select(m => new LinkedStep(m.Work, m.Act, id, false, m.Part, Facts.None, evidence))],
            model.Multimodal is { } multimodal ? Facts.None.With("multimodal", new FactValue.Flag(multimodal)) : Facts.None,
            evidence,
            model.Note
        );
    }

    // What the files tell of another work; what they do not tell of it, the hub's record may.
    private LinkedWork Beside(ConfiguredWork work)
    {
        var record = records?.Invoke(work.Id);
        var licenses = work.Licenses.IsEmpty && record is not null ? record.Licenses : work.Licenses;
        var steps = work.Steps.Concat(record?.Steps ?? []).DistinctBy(s => (s.Work, s.Act)).ToImmutableArray();
        var linked = FromConfiguration(work with { Licenses = licenses, Steps = steps });
        var kind = linked.Kind;
        return linked with
        {
            Origin = WorkOrigin.Record,
            Licenses = linked.Licenses.IsEmpty ? [.. Undeclared(kind, work.Id)] : [.. Settled(linked.Licenses, kind, work.Id)],
        };
    }

    private LinkedWork FromConfiguration(ConfiguredWork work)
    {
        var model = work.Model is { } name ? catalog.FindModel(name) : null;
        if (work.Model is not null && model is null)
        {
            problems.Add(new LinkProblem("base-not-found", work.Id, work.Model, [work.Evidence]));
        }
        var known = model is null ? null : FromCatalog(work.Id, model);
        var licenses = work.Licenses.Select(l => License(l.Part, l.Claim, null)).ToImmutableArray();
        if (known is not null)
        {
            foreach (
                var (stated, other) in licenses
                    .SelectMany(l => known.Of(l.Part).Select(k => (l, k)))
                    .Where(p => !SameLicense(p.l.Expression, p.k.Expression))
            )
            {
                problems.Add(
                    new LinkProblem("license-mismatch", work.Id, other.Claim.Value, [stated.Claim.Evidence, other.Claim.Evidence])
                );
            }
        }
        return new LinkedWork(
            work.Id,
            work.Kind ?? known?.Kind ?? "model",
            model is null && work.Model is not null && licenses.IsEmpty ? WorkOrigin.Missing : WorkOrigin.Configured,
            [.. licenses, .. known?.Licenses.Where(k => licenses.All(l => l.Part != k.Part)) ?? []],
            work.Steps.IsEmpty && known is not null ? known.Steps : Steps(work.Id, work.Steps),
            (known?.Facts ?? Facts.None).With(work.Facts),
            work.Evidence,
            known?.Note
        );
    }

    private LinkedWork FromFolder(FolderReading reading, ConfiguredWork? configured)
    {
        var id = configured?.Id ?? reading.Name;
        var declared = Agreeing(id, [.. reading.Licenses.Select(l => License(l.Part, l.Claim, reading.LicenseName))]);
        var stated = configured?.Licenses.Select(l => License(l.Part, l.Claim, null)).ToList() ?? [];
        foreach (
            var (one, other) in stated
                .SelectMany(s => declared.Where(d => d.Part == s.Part).Select(d => (s, d)))
                .Where(p => !SameLicense(p.s.Expression, p.d.Expression))
        )
        {
            problems.Add(new LinkProblem("license-mismatch", id, other.Claim.Value, [one.Claim.Evidence, other.Claim.Evidence]));
        }
        var main = configured?.Kind ?? reading.Kind;
        declared = declared.Count + stated.Count == 0 ? [.. Undeclared(main, null)] : [.. Settled(declared, main, null)];
        // A pipeline lists what it holds; that does not say what it was made from.
        var steps = Steps(id, reading.Steps).Concat(Steps(id, configured?.Steps ?? [])).ToList();
        var origins = steps.FindAll(s => s.Act != Act.TrainOnData);
        Contradict(id, origins);
        steps.AddRange(Steps(id, reading.Holds));
        if (origins.Count == 0 && configured is null or { Steps.IsEmpty: true, FromScratch: false })
        {
            if (SameName(reading.Name) is { } model)
            {
                // A snapshot bears its model's name: what the catalog knows of it is inferred, and said to be.
                steps.AddRange(FromCatalog(id, model).Steps.Where(s => s.Act != Act.TrainOnData).Select(s => s with { Inferred = true }));
            }
            else if (reading.Original is { } original && SameName(original.Work) is { } converted)
            {
                // Converted weights bear the name of the model they were made from.
                steps.Add(new LinkedStep(converted.Id, original.Act, id, true, null, Facts.None, original.Evidence));
            }
            else if (reading.Uses.IsEmpty)
            {
                var card = reading.Card is { } file
                    ? ImmutableArray.Create(new Evidence(file.File, 1, null, "base_model", null, EvidenceSource.Declared))
                    : [];
                problems.Add(new LinkProblem("lineage-unknown", id, id, card));
            }
        }
        if (origins is [{ Act: Act.Merge }] && !IsSelfMerge(reading))
        {
            // A merge has at least two sources, so at least one is not declared.
            var only = steps.First(s => s.Act == Act.Merge);
            problems.Add(new LinkProblem("lineage-unknown", id, id, [only.Evidence], only.From));
        }
        // Both say what it was made from: the union counts.
        return new LinkedWork(
            id,
            main,
            WorkOrigin.Folder,
            [.. stated, .. declared.Where(d => stated.TrueForAll(s => s.Part != d.Part))],
            [.. steps.GroupBy(s => (s.From, s.Act)).Select(g => g.Last())],
            (SameName(reading.Name) is { } same ? FromCatalog(id, same).Facts : Facts.None).With(configured?.Facts ?? Facts.None),
            reading.NameEvidence,
            null
        );
    }

    // A configuration of the merge lists all that went into it, if it is one model twice.
    private static bool IsSelfMerge(FolderReading reading) =>
        reading.Steps.Any(s => s.Act == Act.Merge && s.Evidence.Pointer?.Contains("base_model", StringComparison.Ordinal) == false);

    // Several files may state the license of a part. Where they mean the same, the first speaks; where not, that is a contradiction, and both count.
    private List<PartLicense> Agreeing(string id, List<PartLicense> declared)
    {
        var kept = new List<PartLicense>();
        foreach (var license in declared)
        {
            var before = kept.FindAll(k => k.Part == license.Part);
            if (before.Exists(k => SameLicense(k.Expression, license.Expression)))
            {
                continue;
            }
            // A tag that may mean the other license, or says nothing, contradicts nobody.
            if (
                before.Find(k => k.Claim.Evidence.File != license.Claim.Evidence.File && !MayBeSame(k.Expression, license.Expression)) is
                { } other
            )
            {
                problems.Add(new LinkProblem("license-mismatch", id, other.Claim.Value, [license.Claim.Evidence, other.Claim.Evidence]));
            }
            kept.Add(license);
        }
        return kept;
    }

    private bool MayBeSame(LicenseExpression a, LicenseExpression b)
    {
        var first = Meanings(a);
        var second = Meanings(b);
        return first.Count == 0 || second.Count == 0 || first.Overlaps(second);
    }

    // Empty for what names no license.
    private HashSet<string> Meanings(LicenseExpression expression) =>
        [
            .. expression
                .Singles()
                .SelectMany(s =>
                    catalog.Resolve(s.Id) switch
                    {
                        Resolution.Known known => [known.License.Id],
                        Resolution.Ambiguous ambiguous => ambiguous.Candidates.Select(c => c.Id),
                        _ => (IEnumerable<string>)[s.Id.ToLowerInvariant()],
                    }
                ),
        ];

    // What entail.yaml says counts first, else the first file that says anything; a base that another place names, and that is neither one of these nor
    // before or after one in its lineage, contradicts it. All of them count all the same.
    private void Contradict(string id, List<LinkedStep> steps)
    {
        var stated = steps.FindAll(s => s.Evidence.Source == EvidenceSource.Configured);
        var first = stated.Count > 0 ? stated : steps.FindAll(s => s.Evidence.File == steps[0].Evidence.File);
        foreach (var other in steps.Except(first))
        {
            if (first.TrueForAll(f => !IsRelated(f.From, other.From)))
            {
                problems.Add(new LinkProblem("base-mismatch", id, other.From, [other.Evidence, first[0].Evidence]));
            }
        }
    }

    private bool IsRelated(string a, string b) =>
        Plain(a) == Plain(b)
        || Origins(a).Contains(b, StringComparer.OrdinalIgnoreCase)
        || Origins(b).Contains(a, StringComparer.OrdinalIgnoreCase);

    // All that a work was made from, near and far.
    private HashSet<string> Origins(string id)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Stack<string>([id]);
        while (pending.TryPop(out var work))
        {
            foreach (var step in Find(work, "model").Steps.Where(s => found.Add(s.From)))
            {
                pending.Push(step.From);
            }
        }
        return found;
    }

    // The one model of the catalog with that name, whoever publishes it; null where there is none, or more than one.
    private KnownModel? SameName(string name) =>
        catalog.FindModel(name) is { Kind: "model" } exact ? exact
        : catalog.Models.Values.Distinct().Where(m => m.Kind == "model" && m.Also.Append(m.Id).Any(n => Plain(n) == Plain(name))).ToList()
            is [var only]
            ? only
        : null;

    // A name as people vary it: without publisher, case, spaces and punctuation.
    private static string Plain(string name) => string.Concat(name.Split('/')[^1].Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static Part MainPart(string kind) => new LinkedWork("", kind, WorkOrigin.Missing, [], [], Facts.None, null, null).MainPart;

    private static ImmutableArray<LinkedStep> Steps(string id, ImmutableArray<DeclaredStep> steps) =>
        [.. steps.Select(s => new LinkedStep(s.Work, s.Act, id, s.Inferred, s.Part, s.Facts, s.Evidence))];

    // The tag `other` says nothing; the name beside it does.
    private PartLicense License(Part part, Claim claim, Claim? name)
    {
        var expression = LicenseExpression.Parse(claim.Value);
        if (
            name is not null
            && expression is LicenseExpression.Single single
            && catalog.Resolve(single.Id) is Resolution.Ambiguous { Candidates.IsEmpty: true } or Resolution.Unknown
        )
        {
            return new PartLicense(part, new LicenseExpression.Single(name.Value.Trim(), null), name);
        }
        return new PartLicense(part, expression, claim);
    }

    // Nothing is declared, so a license text beside the weights speaks for itself; without one, the license that the license file or the card names
    // in its text, if it is the only one of its part.
    private IEnumerable<PartLicense> Undeclared(string kind, string? work)
    {
        var own = texts.Where(t => t.Work == work && t.Stands).ToList();
        var whole = own.FindAll(t => t is { IsAgreement: true, IsWhole: true });
        var named = own.Where(t => t.IsMention && (t.Cataloged is not null || t.Match.Expression is not null))
            .GroupBy(t => t.Part)
            .Where(g => g.Select(t => t.Match.Expression ?? t.License).Distinct(StringComparer.Ordinal).Count() == 1)
            .Select(g => g.First());
        return whole.Count > 0 ? whole.SelectMany(t => Identified(t, kind)) : named.Select(t => Named(t, kind));
    }

    // A tag that stands for several licenses says less than the text beside it that is one of them; so does the tag for licenses that have none, where
    // the text is such a license.
    private IEnumerable<PartLicense> Settled(IEnumerable<PartLicense> declared, string kind, string? work)
    {
        var whole = texts
            .Where(t => t.Work == work && t is { Stands: true, IsAgreement: true, IsWhole: true, Cataloged: not null })
            .ToList();
        return declared.SelectMany(d =>
            whole.Where(t => (t.Part ?? MainPart(kind)) == d.Part && MayMean(d.Expression, t)).SelectMany(t => Identified(t, kind)).ToList()
                is { Count: > 0 } settled
                ? settled
                : [d]
        );
    }

    private bool MayMean(LicenseExpression declared, FoundText text) =>
        declared is LicenseExpression.Single single
        && catalog.Resolve(single.Id) switch
        {
            Resolution.Ambiguous { Candidates.IsEmpty: true } => text.Cataloged!.Ids.HubTag is null,
            Resolution.Ambiguous ambiguous => ambiguous.Candidates.Any(c => text.MayBe.Contains(c.Id)),
            _ => false,
        };

    private static PartLicense Named(FoundText text, string kind)
    {
        var name = text.Match.Expression ?? text.License;
        var place = new Evidence(text.File, text.Line, null, null, text.Match.Named, EvidenceSource.Declared);
        return new PartLicense(text.Part ?? MainPart(kind), LicenseExpression.Parse(name), new Claim(name, place));
    }

    // A text that may be several licenses declares each of them, and none for certain.
    private static IEnumerable<PartLicense> Identified(FoundText text, string kind) =>
        text
            .Match.Or.Prepend(text.License)
            .Select(id => new PartLicense(
                text.Part ?? MainPart(kind),
                new LicenseExpression.Single(id, null),
                new Claim(id, new Evidence(text.File, text.Line, null, null, null, EvidenceSource.Identified)),
                Candidate: !text.Match.Or.IsEmpty
            ));

    private bool SameLicense(LicenseExpression a, LicenseExpression b) =>
        a.Singles()
            .Select(s => catalog.Find(s.Id)?.Id ?? s.Id.ToLowerInvariant())
            .Order(StringComparer.Ordinal)
            .SequenceEqual(
                b.Singles().Select(s => catalog.Find(s.Id)?.Id ?? s.Id.ToLowerInvariant()).Order(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
}
