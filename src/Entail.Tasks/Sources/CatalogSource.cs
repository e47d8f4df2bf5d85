using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tasks.Sources;

/// <summary>The catalog as its YAML files say it: taxonomy, licenses, models; read, checked and put into one form.</summary>
public sealed class CatalogSource
{
    private readonly List<CatalogProblem> problems = [];
    private readonly Dictionary<string, License?> licenses = new(StringComparer.Ordinal);
    private readonly HashSet<string> variants = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly FingerprintIndex? texts;

    private CatalogSource(string folder)
    {
        this.folder = folder;
        var fingerprints = Path.Combine(folder, "fingerprints.bin");
        texts = File.Exists(fingerprints) ? FingerprintIndex.Load(File.ReadAllBytes(fingerprints)) : null;
        Releases = ReadReleases();
        Taxonomy = ReadTaxonomy();
        foreach (var id in Folders())
        {
            Load(id);
        }
        CompareLicenses();
        Names = ReadNames();
        Models = ReadModels();
    }

    /// <summary>The releases, newest first.</summary>
    public ImmutableArray<CatalogRelease> Releases { get; }

    /// <summary>The words.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>The licenses that could be read, by id.</summary>
    public IReadOnlyList<License> Licenses => [.. licenses.Values.OfType<License>().OrderBy(l => l.Id, StringComparer.Ordinal)];

    /// <summary>Every id and name of every license, with the canonical id.</summary>
    public ImmutableSortedDictionary<string, string> Names { get; }

    /// <summary>The known models.</summary>
    public ImmutableArray<KnownModel> Models { get; }

    /// <summary>What is wrong, by file and line.</summary>
    public IReadOnlyList<CatalogProblem> Problems => [.. problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];

    /// <summary>Reads the catalog in <paramref name="folder"/>.</summary>
    public static CatalogSource Read(string folder) => new(folder);

    /// <summary>The compiled form.</summary>
    public byte[] Compile() => CompiledCatalog.Compile(Releases, Taxonomy, Licenses, Names, Models);

    /// <summary>The compiled form with one license replaced; for tests that change rules.</summary>
    public byte[] CompileWith(License changed) =>
        CompiledCatalog.Compile(Releases, Taxonomy, [.. Licenses.Select(l => l.Id == changed.Id ? changed : l)], Names, Models);

    private IEnumerable<string> Folders() =>
        Directory.GetDirectories(Path.Combine(folder, "licenses")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    private License? Load(string id)
    {
        if (licenses.TryGetValue(id, out var known))
        {
            return known;
        }
        licenses[id] = null; // a license that varies itself finds nothing
        var file = Path.Combine(folder, "licenses", id, "rules.yaml");
        if (!File.Exists(file))
        {
            return null;
        }
        var source = new LicenseSource(new SourceReader(file, problems), Taxonomy, texts);
        licenses[id] = source.Read(id, Load);
        if (source.VariantOf is not null)
        {
            variants.Add(id);
        }
        return licenses[id];
    }

    private Taxonomy ReadTaxonomy()
    {
        var facts = Each(
            "facts",
            (read, map) =>
                new FactDefinition(
                    read.String(map, "id"),
                    read.Choice(map, "type", FactType.Bool),
                    read.String(map, "of"),
                    read.Strings(map, "values"),
                    read.OptionalString(map, "assumed"),
                    read.Text(map)
                ),
            "id",
            "type",
            "of",
            "values",
            "assumed",
            "en",
            "zh"
        );
        var restrictions = Each(
            "restrictions",
            (read, map) =>
                new RestrictionCategory(
                    read.String(map, "id"),
                    read.Text(map),
                    [.. SourceReader.Items(map["strengths"]).Select(s => read.Text(read.Map(s, "en", "zh")))]
                ),
            "id",
            "en",
            "zh",
            "air2024",
            "strengths"
        );
        var findings = Each(
            "findings",
            (read, map) =>
                new FindingCode(
                    read.String(map, "id"),
                    read.Choice(map, "severity", Severity.Error),
                    read.Text(read.Map(map["title"], "en", "zh")),
                    read.Text(read.Map(map["meaning"], "en", "zh")),
                    read.Text(read.Map(map["example"], "en", "zh")),
                    read.Text(read.Map(map["fix"], "en", "zh"))
                ),
            "id",
            "severity",
            "title",
            "meaning",
            "example",
            "fix"
        );
        var faq = Each(
            "faq",
            (read, map) =>
                new FaqTemplate(
                    read.String(map, "id"),
                    read.Text(map),
                    read.OptionalString(map, "kind") ?? "ask",
                    read.Choices<Act>(map, "acts"),
                    map["of"] is null ? null : read.Choice(map, "of", Subject.Original),
                    read.Strings(map, "facts"),
                    read.Strings(map, "absent")
                ),
            "id",
            "en",
            "zh",
            "kind",
            "acts",
            "of",
            "facts",
            "absent"
        );
        var ambiguous = Each(
            "ambiguous",
            (read, map) =>
                read.Strings(map, "tags")
                    .Select(tag => new AmbiguousTag(tag, read.Strings(map, "candidates"), read.OptionalText(map, "note"))),
            "tags",
            "candidates",
            "note"
        );
        var addresses = Each(
            "addresses",
            (read, map) => new AddressForm(read.String(map, "address"), read.String(map, "id")),
            "address",
            "id"
        );
        // Purposes are restriction categories, and two harmless ones.
        facts =
        [
            .. facts.Select(f => f.Id == "purpose" ? f with { Values = [.. restrictions.Select(r => r.Id), "personal", "research"] } : f),
        ];
        return new Taxonomy(
            Terms("acts"),
            facts,
            Terms("duties"),
            Terms("reasons"),
            Terms("risks"),
            restrictions,
            ReadTerritories(),
            findings,
            faq,
            [.. ambiguous.SelectMany(tags => tags)],
            addresses
        );
    }

    /// <summary>Two licenses that say the same must say that they do.</summary>
    private void CompareLicenses()
    {
        foreach (var same in Licenses.GroupBy(l => l.Meaning(), StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            foreach (var license in same.Where(l => !variants.Contains(l.Id)).Skip(1))
            {
                Report(license.Id, $"the rules are those of `{same.First(l => l != license).Id}`; write `variant-of:` and what differs");
            }
        }
    }

    /// <summary>Strengths of restrictions that no license uses: they mean nothing. Asked of a whole catalog, not of one license of it.</summary>
    public IEnumerable<CatalogProblem> UnusedStrengths()
    {
        var used = Licenses
            .SelectMany(l => l.Rules)
            .Select(r => r.Effect)
            .OfType<Effect.Restrict>()
            .SelectMany(r => r.Uses)
            .Select(u => u with { Parameters = "" })
            .ToHashSet();
        return from category in Taxonomy.Restrictions
            from strength in Enumerable.Range(1, category.Strengths.Length)
            let restriction = new Restriction(category.Id, strength)
            where !used.Contains(restriction)
            select new CatalogProblem(
                Path.Combine(folder, "taxonomy", "restrictions.yaml"),
                1,
                1,
                $"no license uses the strength {restriction}; drop it, or encode the license that has it"
            );
    }

    private void Report(string license, string message) =>
        problems.Add(new CatalogProblem(Path.Combine(folder, "licenses", license, "rules.yaml"), 1, 1, message));

    private ImmutableArray<Term> Terms(string name) =>
        Each(
            name,
            (read, map) =>
                new Term(read.String(map, "id"), read.Text(map), map["fix"] is { } fix ? read.Text(read.Map(fix, "en", "zh")) : null),
            "id",
            "kinds",
            "en",
            "zh",
            "fix"
        );

    private ImmutableArray<T> Each<T>(string name, Func<SourceReader, YamlValue.Map, T> make, params string[] keys)
    {
        var read = new SourceReader(Path.Combine(folder, "taxonomy", name + ".yaml"), problems);
        return [.. SourceReader.Items(read.Load()).Select(item => make(read, read.Map(item, keys)))];
    }

    private ImmutableArray<CatalogRelease> ReadReleases()
    {
        var read = new SourceReader(Path.Combine(folder, "releases.yaml"), problems);
        var releases = ImmutableArray.CreateBuilder<CatalogRelease>();
        foreach (var item in SourceReader.Items(read.Load()))
        {
            var map = read.Map(item, "version", "date", "en", "zh");
            var version = read.String(map, "version");
            if (read.Date(map, "date") is not { } date)
            {
                read.Report(map, $"the release `{version}` needs its day: `date: 2026-01-31`");
                continue;
            }
            if (releases.Count > 0 && !CatalogRelease.IsOlder(version, releases[^1].Version))
            {
                read.Report(
                    map["version"],
                    $"releases stand newest first; `{version}` is not older than `{releases[^1].Version}` above it"
                );
            }
            releases.Add(new CatalogRelease(version, date, read.Text(map)));
        }
        return releases.ToImmutable();
    }

    private ImmutableArray<TerritoryGroup> ReadTerritories()
    {
        var read = new SourceReader(Path.Combine(folder, "taxonomy", "territories.yaml"), problems);
        var root = read.Map(read.Load(), "groups");
        return root["groups"] is not YamlValue.Map map
            ? []
            :
            [
                .. map.Entries.Select(e => new TerritoryGroup(
                    e.Key.Text,
                    [
                        .. SourceReader
                            .Items(e.Value)
                            .Select(m => read.Map(m, "code", "from", "until"))
                            .Select(m => new TerritoryMember(read.String(m, "code"), read.Date(m, "from"), read.Date(m, "until"))),
                    ]
                )),
            ];
    }

    private ImmutableSortedDictionary<string, string> ReadNames()
    {
        var names = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var license in Licenses)
        {
            var ids = license.Ids;
            foreach (
                var name in new[] { license.Id, license.Name.En, license.Name.Zh }
                    .Concat(ids.Spdx)
                    .Concat(ids.Scancode)
                    .Concat(ids.HuggingFace)
                    .Concat(ids.Ollama)
                    .Concat(ids.Other)
            )
            {
                if (names.TryGetValue(name, out var other) && other != license.Id)
                {
                    problems.Add(
                        new CatalogProblem(
                            Path.Combine(folder, "licenses", license.Id, "rules.yaml"),
                            1,
                            1,
                            $"the id `{name}` already belongs to `{other}`"
                        )
                    );
                    continue;
                }
                names[name] = license.Id;
            }
        }
        AddAddresses(names);
        foreach (var license in Licenses)
        {
            foreach (
                var accepted in license
                    .Rules.Select(r => r.Effect)
                    .OfType<Effect.Owe>()
                    .SelectMany(o => o.Accepts)
                    .Where(a => !names.ContainsKey(a))
            )
            {
                problems.Add(
                    new CatalogProblem(
                        Path.Combine(folder, "licenses", license.Id, "rules.yaml"),
                        1,
                        1,
                        $"`accepts:` names `{accepted}`, which is no license of the catalog"
                    )
                );
            }
        }
        foreach (var license in Licenses)
        {
            foreach (var earlier in license.Supersedes.Where(s => !licenses.ContainsKey(s) || s == license.Id))
            {
                Report(license.Id, $"`supersedes:` names `{earlier}`, which is no other license of the catalog");
            }
        }
        foreach (var tag in Taxonomy.Ambiguous)
        {
            if (names.TryGetValue(tag.Tag, out var owner))
            {
                problems.Add(
                    new CatalogProblem(
                        Path.Combine(folder, "taxonomy", "ambiguous.yaml"),
                        1,
                        1,
                        $"the tag `{tag.Tag}` already belongs to `{owner}`"
                    )
                );
            }
            foreach (var candidate in tag.Candidates.Where(c => !licenses.ContainsKey(c)))
            {
                problems.Add(
                    new CatalogProblem(
                        Path.Combine(folder, "taxonomy", "ambiguous.yaml"),
                        1,
                        1,
                        $"`{tag.Tag}` names `{candidate}`, which is no license of the catalog"
                    )
                );
            }
        }
        return names.ToImmutable();
    }

    // An address at which several licenses are kept, each in its time, names none of them.
    private void AddAddresses(ImmutableSortedDictionary<string, string>.Builder names)
    {
        var addresses = Licenses
            .SelectMany(l =>
                l.Ids.Urls.Append(l.Url).Select(url => (Url: url, Plain: LicenseAddress.Plain(url), License: l.Id)).DistinctBy(a => a.Plain)
            )
            .ToLookup(a => a.Plain);
        foreach (var address in addresses)
        {
            if (address.Key is null)
            {
                foreach (var (url, _, license) in address)
                {
                    problems.Add(
                        new CatalogProblem(
                            Path.Combine(folder, "licenses", license, "rules.yaml"),
                            1,
                            1,
                            $"`{url}` is no address of the web"
                        )
                    );
                }
            }
            else if (address.Count() == 1)
            {
                names.TryAdd(address.Key, address.First().License);
            }
        }
    }

    private ImmutableArray<KnownModel> ReadModels()
    {
        var models = ImmutableArray.CreateBuilder<KnownModel>();
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var known = Path.Combine(folder, "models");
        foreach (var file in (Directory.Exists(known) ? Directory.GetFiles(known, "*.yaml") : []).Order(StringComparer.Ordinal))
        {
            var read = new SourceReader(file, problems);
            foreach (var item in SourceReader.Items(read.Load()))
            {
                var model = ReadModel(read, item);
                CheckLicenses(read, item, model);
                foreach (var name in model.Also.Prepend(model.Id))
                {
                    if (!seen.TryAdd(name, file))
                    {
                        read.Report(item, $"the model `{name}` already stands in {Path.GetFileName(seen[name])}");
                    }
                }
                models.Add(model);
            }
        }
        return models.ToImmutable();
    }

    // A name that nobody knows is `unknown`: a misspelled one would pass for it.
    private void CheckLicenses(SourceReader read, YamlValue item, KnownModel model)
    {
        foreach (var written in model.Licenses.Values)
        {
            foreach (
                var single in LicenseExpression
                    .Parse(written)
                    .Singles()
                    .Where(s =>
                        !Names.ContainsKey(s.Id) && !Taxonomy.Ambiguous.Any(a => a.Tag.Equals(s.Id, StringComparison.OrdinalIgnoreCase))
                    )
            )
            {
                read.Report(
                    item,
                    $"`{model.Id}` is under `{single.Id}`, which the catalog does not know; write `unknown` and a note, or name the tag"
                );
            }
        }
    }

    private static KnownModel ReadModel(SourceReader read, YamlValue item)
    {
        var map = read.Map(item, "id", "kind", "also", "licenses", "made-from", "multimodal", "released", "source", "read", "note");
        var parts = read.Map(map["licenses"], "weights", "code", "data", "docs");
        return new KnownModel(
            read.String(map, "id"),
            read.OptionalString(map, "kind") ?? "model",
            read.Strings(map, "also"),
            parts
                .Entries.Select(e =>
                    KeyValuePair.Create(
                        Kebab.TryParse<Part>(e.Key.Text, out var part) ? part : Part.Weights,
                        read.String(parts, e.Key.Text)
                    )
                )
                .DistinctBy(e => e.Key)
                .ToImmutableSortedDictionary(),
            [
                .. SourceReader
                    .Items(map["made-from"])
                    .Select(m => read.Map(m, "work", "act", "part"))
                    .Select(m => new MadeFrom(
                        read.String(m, "work"),
                        read.Choice(m, "act", Act.FineTune),
                        m["part"] is null ? null : read.Choice(m, "part", Part.Weights)
                    )),
            ],
            map["multimodal"] is null ? null : read.Flag(map, "multimodal"),
            read.Date(map, "released"),
            read.String(map, "source"),
            read.Date(map, "read"),
            read.OptionalText(map, "note")
        );
    }
}
