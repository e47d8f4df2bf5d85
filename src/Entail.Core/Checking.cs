using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Core;

/// <summary>What <c>check</c> found out.</summary>
/// <param name="Decision">The verdict on what was asked.</param>
/// <param name="Parts">The verdict on each part of the work that has a license, the one that was asked about first.</param>
/// <param name="Duties">What is owed, and what the artifact shows of it.</param>
/// <param name="Findings">What is wrong, the most serious first.</param>
/// <param name="Texts">The licenses found in files.</param>
/// <param name="Uses">The models and datasets that the code uses by their ids, in the order of their names.</param>
public sealed record CheckResult(
    LineageDecision Decision,
    ImmutableArray<(Part Part, Verdict Verdict)> Parts,
    ImmutableArray<DutyStatus> Duties,
    ImmutableArray<Finding> Findings,
    ImmutableArray<FoundText> Texts,
    ImmutableArray<UsedWork> Uses
)
{
    /// <summary>The verdict on what was asked and on what the code uses.</summary>
    public Verdict Verdict => Uses.Select(u => u.Decision.Verdict).Append(Decision.Verdict).Joint();
}

/// <summary>What a user may override of the question.</summary>
/// <param name="Acts">How the work is shipped; empty for the default: distribute.</param>
/// <param name="As">The license to ship it under; null for the declared one.</param>
/// <param name="Facts">Facts of the asker.</param>
/// <param name="Part">The part that is shipped; null for the main part.</param>
/// <param name="Work">The work that is shipped, by its id; null for the one the configuration ships, or the one that nothing else is made from.</param>
public sealed record CheckOptions(ImmutableArray<Act> Acts, string? As, Facts Facts, Part? Part, string? Work = null);

/// <summary>A work as the files in its folder have it, before anything is asked of it.</summary>
/// <param name="Lineage">The work, and what the catalog knows of its origins.</param>
/// <param name="Texts">The licenses found in files.</param>
/// <param name="Problems">What could not be read.</param>
public sealed record ReadWork(Lineage Lineage, ImmutableArray<FoundText> Texts, ImmutableArray<ReadProblem> Problems);

/// <summary>The main job, stage by stage: read, identify, link, decide.</summary>
/// <param name="catalog">The rules.</param>
/// <param name="identifier">Recognizes license texts; null where there is no folder to read.</param>
/// <param name="today">The day of the question.</param>
/// <param name="hub">The hub's records of works that nothing else knows; null without them.</param>
/// <param name="progress">Told how many of the texts to identify are done, and how many there are; null where nobody waits.</param>
public sealed class Checking(
    CompiledCatalog catalog,
    Identifier? identifier,
    DateOnly today,
    HubSnapshot? hub = null,
    Action<int, int>? progress = null
)
{
    /// <summary>Checks what lies in a folder or a store, by the entail.yaml beside it.</summary>
    /// <param name="artifact">What is read; null where only a configuration is checked.</param>
    /// <param name="configuration">entail.yaml; null without one.</param>
    /// <param name="options">What the user asks.</param>
    public CheckResult Check(StoredWork? artifact, Configuration? configuration, CheckOptions options)
    {
        configuration = Shipping(configuration, options.Work);
        var reading = artifact?.Read();
        var userTerms = identifier is null || configuration?.Terms is not { } agreed ? null : Terms(agreed);
        reading = Without(reading, configuration?.Terms);
        var terms = Identify(reading);
        var texts = FoundText.In(terms, catalog);
        var lineage = new Linker(catalog, reading, configuration, texts, hub is null ? null : hub.Find).Link();
        var question = Question(lineage, configuration, options, reading);
        var shown =
            reading is not null && lineage.RootWork.Origin == WorkOrigin.Folder
                ? Artifact(reading, lineage, Carried(reading, terms, texts, question.Part ?? lineage.RootWork.MainPart))
                : null;
        var decider = new ExpressionDecider(catalog, today);
        var decision = new OutboundDecider(catalog, today).Decide(
            new LineageDecider(catalog, decider, today, shown?.Texts),
            lineage,
            question
        );
        var uses = Uses(reading, lineage, configuration, options, question);
        var findings = new FindingRules(
            catalog,
            decision,
            shown,
            reading?.Problems ?? [],
            configuration,
            decider,
            today,
            userTerms,
            [.. uses.SelectMany(u => u.Findings)]
        );
        var duties = findings.Duties();
        return new CheckResult(decision, Parts(decision, decider), duties, findings.All(duties), texts, uses);
    }

    /// <summary>Reads what lies in a folder, by its own files alone, as <see cref="Check"/> does before it decides.</summary>
    public ReadWork Read(StoredWork artifact)
    {
        var reading = artifact.Read() with { Name = artifact.Name };
        var texts = FoundText.In(Identify(reading), catalog);
        return new ReadWork(new Linker(catalog, reading, null, texts).Link(), texts, reading.Problems);
    }

    /// <summary>Each model and dataset that the code names by its id, checked for what is done with it there.</summary>
    private ImmutableArray<UsedWork> Uses(
        FolderReading? reading,
        Lineage lineage,
        Configuration? configuration,
        CheckOptions options,
        Question question
    ) =>
        [
            .. (reading?.Uses ?? [])
                .Where(u => u.Name != lineage.Root)
                .GroupBy(u => (Name: catalog.FindModel(u.Name)?.Id ?? u.Name, u.Kind))
                .OrderBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g =>
                {
                    var acts = UsedWork.ActsOf(g.Select(u => u.Act), question.Acts);
                    ImmutableArray<Evidence> places = [.. g.Select(u => u.Evidence).DistinctBy(e => (e.File, e.Line))];
                    var listed = configuration?.Works.FirstOrDefault(w => w.Id == g.Key.Name);
                    var used = Configuration.OfModel(g.Key.Name, g.Key.Kind) with
                    {
                        Facts = configuration?.Facts ?? Facts.None,
                        Policy = (configuration?.Policy ?? Policy.None) with { Suppress = [] },
                        Terms = configuration?.Terms,
                    };
                    if (listed is not null)
                    {
                        used = used with { Works = configuration!.Works };
                    }
                    var result = Check(null, used, new CheckOptions(acts, null, options.Facts, null));
                    return new UsedWork(
                        g.Key.Name,
                        g.Key.Kind,
                        acts,
                        places,
                        result.Decision,
                        result.Duties,
                        UsedWork.Told(result.Findings, lineage.Root, g.Key.Name, places)
                    );
                }),
        ];

    // How the configuration ships one work says nothing of another.
    private static Configuration? Shipping(Configuration? configuration, string? work) =>
        configuration is null || work is null || configuration.ShipWork == work
            ? configuration
            : configuration with
            {
                ShipWork = work,
                ShipActs = [],
                ShipAs = null,
            };

    /// <summary>What is in every place of a folder that may hold a license or name one.</summary>
    private ImmutableArray<(TermsSource Place, Identification Found)> Identify(FolderReading? reading) =>
        identifier is null || reading is null
            ? []
            :
            [
                .. reading.Terms.Select(
                    (t, i) =>
                    {
                        progress?.Invoke(i, reading.Terms.Length);
                        return (t, Governing(t, identifier.Identify(t.File, t.Text)));
                    }
                ),
            ];

    // What else lies in the repository, such as its code, is its own work under its own license.
    private static ImmutableArray<(Part, Verdict)> Parts(LineageDecision decision, ExpressionDecider decider)
    {
        var root = decision.Lineage.RootWork;
        var asked = decision.Question.Part ?? root.MainPart;
        return
        [
            (asked, decision.Verdict),
            .. root
                .Licenses.Where(l => l.Part != asked)
                .GroupBy(l => l.Part)
                .OrderBy(g => g.Key)
                .Select(g =>
                    (
                        g.Key,
                        decider
                            .Ask(
                                OutboundDecider.Declared(root, g.Key)!,
                                decision.Question with
                                {
                                    As = null,
                                    Part = g.Key,
                                    Standing = Standing.Original,
                                }
                            )
                            .Verdict
                    )
                ),
        ];
    }

    private UserTerms Terms(TextFile agreed)
    {
        var place = new TermsSource(agreed.File, 1, agreed.Text, TermsKind.UserTerms);
        return new UserTerms(agreed.File, FoundText.In([(place, identifier!.Identify(agreed.File, agreed.Text))], catalog));
    }

    // What users agree to is no license of the work, even where it lies beside it under such a name.
    private static FolderReading? Without(FolderReading? reading, TextFile? agreed) =>
        reading is null || agreed is null
            ? reading
            : reading with
            {
                LicenseFiles = reading.LicenseFiles.RemoveAll(f => f.File == agreed.File),
                Terms = reading.Terms.RemoveAll(t => t.File == agreed.File && t.Kind == TermsKind.LicenseFile),
            };

    // A section of a card governs what its heading says, and a tag in a code file the code.
    private static Identification Governing(TermsSource source, Identification found) =>
        source.Kind == TermsKind.SourceTag ? found with { Part = Part.Code }
        : source.Heading is { } heading ? found with { Part = GovernedParts.In(heading) }
        : found;

    /// <summary>Distribute under the declared license, unless the configuration or the user asks something else.</summary>
    private static Question Question(Lineage lineage, Configuration? configuration, CheckOptions options, FolderReading? reading)
    {
        var root = lineage.RootWork;
        var part = options.Part ?? root.MainPart;
        var acts =
            !options.Acts.IsEmpty ? options.Acts
            : configuration is { ShipActs.IsEmpty: false } ? configuration.ShipActs
            // Code without a license that uses models is one's own service rather than something to hand out.
            : reading is { Uses.IsEmpty: false } && root is { Licenses.IsEmpty: true, Steps.IsEmpty: true } ? [Act.Run]
            : [Act.Distribute];
        var outbound = options.As ?? configuration?.ShipAs;
        var wanted = outbound is not null ? LicenseExpression.Parse(outbound) : OutboundDecider.Declared(root, part);
        return new Question(
            acts,
            wanted,
            null,
            [],
            part,
            (configuration?.Facts ?? Facts.None).With(root.Facts).With(options.Facts) with
            {
                Assume = options.Facts.Assume,
            },
            Standing.Original
        );
    }

    private static CarriedTexts Carried(
        FolderReading reading,
        ImmutableArray<(TermsSource Place, Identification Found)> terms,
        ImmutableArray<FoundText> texts,
        Part part
    ) =>
        new(
            [.. terms.Where(t => t.Place is { Kind: TermsKind.LicenseFile, Work: null }).Select(t => t.Found)],
            texts,
            part,
            reading.LicenseFiles.GroupBy(f => f.File, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(f => f.Text.Length))
        );

    // In entail.yaml a work has an id of its own; its name is what the folder shows.
    private static Artifact Artifact(FolderReading reading, Lineage lineage, CarriedTexts texts) =>
        new(
            reading.Name.Length > 0 ? reading.Name : lineage.Root,
            reading.NameEvidence,
            reading.Card,
            reading.CardBodyLine,
            reading.LicenseFiles,
            reading.NoticeFiles,
            texts
        );
}
