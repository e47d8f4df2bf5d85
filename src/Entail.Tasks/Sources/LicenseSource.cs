using System.Collections.Immutable;
using Entail.Core.Decide.Engine;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tasks.Sources;

/// <summary>Reads <c>rules.yaml</c> and checks that it says something sound: every clause used, every rule cited, no word unknown.</summary>
public sealed class LicenseSource(SourceReader read, Taxonomy taxonomy, FingerprintIndex? texts = null)
{
    /// <summary>Why a clause may have no rule.</summary>
    internal static readonly string[] NoEffectReasons =
    [
        "preamble",
        "heading",
        "definition",
        "disclaimer",
        "liability",
        "jurisdiction",
        "boilerplate",
        "information",
        "appendix",
    ];

    private static readonly string[] EffectKeys =
    [
        "grant",
        "prohibit",
        "threshold",
        "duty",
        "restrict",
        "derivative",
        "contains",
        "same",
        "relicense",
        "own",
        "terminate",
        "risk",
        "outside",
    ];

    private static readonly string[] Wheres =
    [
        "site",
        "interface",
        "blog",
        "about",
        "documentation",
        "notice-file",
        "license",
        "model-card",
    ];

    private static readonly string[] KeysOfText = ["text", "sha256", "normalization", "words", "copies"];

    // Page numbers and the like.
    private const int MostIdleWords = 8;

    // RuleEngine: a rule is a bit.
    private const int MostRules = RuleEngine.MostRules;

    private static readonly ImmutableArray<Subject> AllSubjects = [Subject.Original, Subject.Derivative, Subject.Output];

    /// <summary>The id of the license this one varies; null for one that stands alone.</summary>
    public string? VariantOf { get; private set; }

    /// <summary>Reads the file. <paramref name="findBase"/> gives the license that a variant builds on.</summary>
    public License? Read(string id, Func<string, License?> findBase)
    {
        if (read.Load() is not { } root)
        {
            return null;
        }
        var map = read.Map(
            root,
            "id",
            "name",
            "version",
            "date",
            "family",
            "covers",
            "url",
            "ids",
            "silence",
            "variant-of",
            "supersedes",
            "drop",
            "documents",
            "unread-policy",
            "rules"
        );
        if (read.String(map, "id") != id)
        {
            read.Report(map["id"], $"the id must be the folder's name, `{id}`");
        }
        var ids = read.Map(map["ids"], "hub-tag", "spdx", "scancode", "huggingface", "ollama", "other", "urls");
        var documents = SourceReader.Items(map["documents"]).Select((d, i) => ReadDocument(d, i == 0)).ToImmutableArray();
        var covers = read.Choices<Part>(map, "covers");
        var own = SourceReader.Items(map["rules"]).Select(r => (Rule: ReadRule(r), At: r)).Where(r => r.Rule is not null).ToList();
        VariantOf = read.OptionalString(map, "variant-of");
        var rules = own.Select(r => r.Rule!).ToImmutableArray();
        if (VariantOf is not null)
        {
            rules = Vary(map, rules, findBase);
        }
        var license = new License(
            id,
            read.Text(read.Map(map["name"], "en", "zh")),
            read.OptionalString(map, "version") ?? "",
            read.Date(map, "date"),
            read.String(map, "family"),
            covers,
            read.String(map, "url"),
            new ForeignIds(
                read.Strings(ids, "spdx"),
                read.Strings(ids, "scancode"),
                read.Strings(ids, "huggingface"),
                read.Strings(ids, "ollama"),
                read.Strings(ids, "other"),
                read.Strings(ids, "urls"),
                read.OptionalString(ids, "hub-tag")
            ),
            read.Choice(map, "silence", Silence.Arguable),
            documents,
            rules,
            map["unread-policy"] is { } policy ? ReadUnread(policy) : null,
            read.Strings(map, "supersedes")
        ).Printed();
        Lint(license, map, own);
        return license;
    }

    /// <summary>
    /// Reads a second reading of <paramref name="first"/>: rules alone, encoded from the text by somebody who had not seen the first. Their ids and
    /// summaries may be absent, and their clause ids are the reader's own.
    /// </summary>
    public License? ReadSecond(License first)
    {
        if (read.Load() is not { } root)
        {
            return null;
        }
        var map = read.Map(root, "license", "read", "silence", "rules");
        if (read.String(map, "license") != first.Id)
        {
            read.Report(map["license"], $"the license must be the file's name, `{first.Id}`");
        }
        return first with
        {
            Silence = read.Choice(map, "silence", Silence.Arguable),
            Rules = [.. SourceReader.Items(map["rules"]).Select(r => ReadRule(r, brief: true)).OfType<Rule>()],
        };
    }

    private ImmutableArray<Rule> Vary(YamlValue.Map map, ImmutableArray<Rule> rules, Func<string, License?> findBase)
    {
        if (findBase(VariantOf!) is not { } other)
        {
            read.Report(map["variant-of"], $"there is no license `{VariantOf}` to vary");
            return rules;
        }
        var dropped = read.Strings(map, "drop").ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in dropped.Where(d => other.Rules.All(r => r.Id != d)))
        {
            read.Report(map["drop"], $"`{VariantOf}` has no rule `{unknown}` to drop");
        }
        return
        [
            .. other.Rules.Where(r => !dropped.Contains(r.Id)).Select(r => rules.FirstOrDefault(o => o.Id == r.Id) ?? r),
            .. rules.Where(r => other.Rules.All(o => o.Id != r.Id) || dropped.Contains(r.Id)),
        ];
    }

    private UnreadPolicy ReadUnread(YamlValue value)
    {
        var map = read.Map(value, "title", "url", "incorporated-by");
        return new UnreadPolicy(
            read.Text(read.Map(map["title"], "en", "zh")),
            read.String(map, "url"),
            read.Strings(map, "incorporated-by")
        );
    }

    private Document ReadDocument(YamlValue value, bool first)
    {
        var map = read.Map(
            value,
            "id",
            "title",
            "text",
            "sha256",
            "normalization",
            "words",
            "pinned",
            "url",
            "incorporated-by",
            "copies",
            "clauses",
            "read"
        );
        if (map["read"] is not null)
        {
            return ReadElsewhere(map, first);
        }
        var id = read.String(map, "id");
        var words = read.Number(map, "words");
        var key = read.String(map, "text").Split('/')[^1];
        var items = SourceReader.Items(map["clauses"]).Select(c => read.Map(c, "id", "start", "en", "zh", "no-effect")).ToList();
        var clauses = ImmutableArray.CreateBuilder<Clause>();
        for (var i = 0; i < items.Count; i++)
        {
            var start = read.Number(items[i], "start");
            var end = i + 1 < items.Count ? read.Number(items[i + 1], "start") : words;
            if (start >= end || (i == 0 && start != 0))
            {
                read.Report(
                    items[i],
                    i == 0 && start != 0
                        ? "the first clause starts at word 0"
                        : $"the clause is empty: it starts at {start} and the next at {end}"
                );
            }
            var reason = ReadNoEffect(items[i]);
            clauses.Add(
                new Clause(ClauseId(items[i], id, first), start, end, read.Text(items[i]), reason, texts?.Print(key, start, end) ?? 0)
            );
        }
        if (texts is not null)
        {
            CheckText(map, key, words);
            CheckCopies(map, words);
        }
        if (read.Number(map, "normalization") is var version && version != Normalization.Version)
        {
            read.Report(
                map["normalization"],
                $"words are counted by normalization {Normalization.Version}; count them again with `tasks words`"
            );
        }
        var sha = read.String(map, "sha256");
        if (sha.Length != 64)
        {
            read.Report(map["sha256"] ?? map, "`sha256:` takes the 64 hexadecimal digits that sha256sum prints");
        }
        return new Document(
            id,
            read.Text(read.Map(map["title"], "en", "zh")),
            key,
            sha,
            version,
            words,
            read.Date(map, "pinned"),
            read.OptionalString(map, "url"),
            read.Strings(map, "incorporated-by"),
            clauses.ToImmutable(),
            read.Strings(map, "copies")
        );
    }

    // A text that is published and was read there, and is not among the reference texts: it cannot be told in a file, and clauses have no places.
    private Document ReadElsewhere(YamlValue.Map map, bool first)
    {
        foreach (var key in KeysOfText.Where(k => map[k] is not null))
        {
            read.Report(map[key], $"`read:` is for a text that is not among the reference texts; take `{key}:` away, or `read:`");
        }
        var id = read.String(map, "id");
        return new Document(
            id,
            read.Text(read.Map(map["title"], "en", "zh")),
            "",
            "",
            0,
            0,
            read.Date(map, "pinned"),
            read.String(map, "url"),
            read.Strings(map, "incorporated-by"),
            [
                .. SourceReader
                    .Items(map["clauses"])
                    .Select(c => read.Map(c, "id", "en", "zh", "no-effect"))
                    .Select(c => new Clause(ClauseId(c, id, first), 0, 0, read.Text(c), ReadNoEffect(c))),
            ],
            [],
            read.Date(map, "read")
        );
    }

    private string ClauseId(YamlValue.Map clause, string document, bool first)
    {
        var id = read.String(clause, "id");
        return first || id.StartsWith(document + ":", StringComparison.Ordinal) ? id : $"{document}:{id}";
    }

    private string? ReadNoEffect(YamlValue.Map clause)
    {
        var reason = read.OptionalString(clause, "no-effect");
        if (reason is not null && !NoEffectReasons.Contains(reason))
        {
            read.Report(clause["no-effect"], $"`no-effect:` takes one of {string.Join(", ", NoEffectReasons)}");
        }
        return reason;
    }

    // Spans are places in a text: of another text, or of other words, they say nothing.
    private void CheckText(YamlValue.Map map, string key, int words)
    {
        if (texts!.Find(key) is not { } text)
        {
            read.Report(map["text"], $"there is no text `{key}` among the fingerprints; make them anew with `tasks fingerprints`");
        }
        else if (text.Sha256 != read.String(map, "sha256"))
        {
            read.Report(map["sha256"], $"the fingerprint of `{key}` is of another text, {text.Sha256}; read that one and count its words");
        }
        else if (text.Words != words)
        {
            read.Report(map["words"], $"the fingerprint of `{key}` has {text.Words} words, so the spans are not those of the text");
        }
    }

    // Clauses are found in a copy at the places they have in the text itself, so it may have a few words more and no fewer.
    private void CheckCopies(YamlValue.Map map, int words)
    {
        foreach (var copy in read.Strings(map, "copies"))
        {
            if (texts!.Find(copy) is not { } text || text.Words < words || text.Words > words + MostIdleWords)
            {
                read.Report(
                    map["copies"],
                    $"`{copy}` is no copy: the fingerprints must have it, with as many words as the text or up to {MostIdleWords} more"
                );
            }
        }
    }

    private Rule? ReadRule(YamlValue value, bool brief = false)
    {
        var map = read.Map(
            value,
            [
                "id",
                "clauses",
                "en",
                "zh",
                "reading",
                "when",
                "of",
                "parts",
                "made-by",
                "reach",
                "acts",
                "overrides",
                "way",
                "before",
                "form",
                "text",
                "position",
                "where",
                "accepts",
                "keep",
                "layer",
                "by",
                .. EffectKeys,
            ]
        );
        var effects = EffectKeys.Where(k => map[k] is not null).ToList();
        if (effects.Count != 1)
        {
            read.Report(
                map,
                effects.Count == 0
                    ? $"the rule has no effect; add one of {string.Join(", ", EffectKeys)}"
                    : $"the rule has {effects.Count} effects ({string.Join(", ", effects)}); make it {effects.Count} rules"
            );
            return null;
        }
        var key = effects[0];
        var acts = key is "grant" or "prohibit" or "outside" or "derivative" or "contains" or "same"
            ? ReadActs(map, key)
            : ReadActs(map, "acts");
        var of = read.Choices<Subject>(map, "of");
        if (of.IsEmpty)
        {
            of = key is "restrict" or "terminate" or "threshold" ? AllSubjects : [Subject.Original, Subject.Derivative];
        }
        Guard guard = new Guard.Always();
        if (read.OptionalString(map, "when") is { } when)
        {
            if (!GuardParser.TryParse(when, out guard, out var error))
            {
                read.Report(map["when"], error);
            }
            CheckFacts(map["when"]!, guard);
        }
        return new Rule(
            brief ? read.OptionalString(map, "id") ?? $"line-{map.Line}" : read.String(map, "id"),
            ReadEffect(map, key),
            acts,
            of,
            guard,
            ReadActs(map, "made-by"),
            read.Choice(map, "reach", Reach.Maker),
            read.Choice(map, "reading", Certainty.Yes),
            read.Choices<Part>(map, "parts"),
            read.Strings(map, "clauses"),
            brief ? new Text("", "") : read.Text(map)
        );
    }

    private Effect ReadEffect(YamlValue.Map map, string key)
    {
        switch (key)
        {
            case "grant":
                return new Effect.Grant(read.Strings(map, "overrides"));
            case "prohibit":
                return new Effect.Prohibit(OneOf(map, "way", "agreement") == "agreement");
            case "threshold":
                if (map["when"] is null)
                {
                    read.Report(map, "a threshold needs its limit: `when: mau > 700000000`");
                }
                return new Effect.Threshold(OneOf(map, key, "needs-agreement", "prohibited") == "needs-agreement");
            case "duty":
                var duty = read.String(map, key);
                Known(map[key]!, duty, "duty", taxonomy.Duties.Select(d => d.Id));
                if (map["acts"] is null)
                {
                    read.Report(map, "a duty needs the acts that call for it: `acts: [distribute]`");
                }
                foreach (var item in read.Strings(map, "where"))
                {
                    Known(map["where"]!, item, "place", Wheres);
                }
                return new Effect.Owe(
                    duty,
                    read.Flag(map, "before"),
                    read.OptionalString(map, "form"),
                    read.OptionalString(map, "text"),
                    read.OptionalString(map, "position"),
                    read.Strings(map, "where"),
                    read.Strings(map, "accepts")
                );
            case "restrict":
                return new Effect.Restrict([.. SourceReader.Items(map[key]).Select(ReadRestriction)]);
            case "derivative":
                return new Effect.Pass(Passing.Derivative);
            case "contains":
                return new Effect.Pass(Passing.Contains);
            case "same":
                return new Effect.Pass(Passing.Same);
            case "relicense":
                return new Effect.Terms(
                    OneOf(map, key, "any", "same") == "any",
                    OneOf(map, "keep", "restrictions") == "restrictions",
                    read.Flag(map, "layer")
                );
            case "own":
                Known(map[key]!, read.String(map, key), "thing to own", ["outputs", "derivatives"]);
                Known(map["by"] ?? map, read.String(map, "by"), "owner", ["user", "licensor", "unclaimed"]);
                return new Effect.Own(read.String(map, key), read.String(map, "by"));
            case "terminate":
                Known(map[key]!, read.String(map, key), "risk", taxonomy.Risks.Select(r => r.Id));
                return new Effect.Terminate(read.String(map, key));
            case "risk":
                Known(map[key]!, read.String(map, key), "risk", taxonomy.Risks.Select(r => r.Id));
                return new Effect.Warn(read.String(map, key));
            default:
                return new Effect.Outside();
        }
    }

    // A word out of a short list, alone or as a list of one; null where the key is absent.
    private string? OneOf(YamlValue.Map map, string key, params string[] known)
    {
        var text = read.Strings(map, key).FirstOrDefault();
        if (text is not null && !known.Contains(text))
        {
            read.Report(map[key], $"`{key}:` does not take `{text}`; write {string.Join(" or ", known)}");
        }
        return text;
    }

    private Restriction ReadRestriction(YamlValue value)
    {
        var text = value is YamlValue.Scalar scalar ? scalar.Text : "";
        if (!Restriction.TryParse(text, out var restriction) || !text.Contains('@', StringComparison.Ordinal))
        {
            read.Report(value, $"`restrict:` takes CATEGORY@strength, not {value.Kind}");
            return restriction;
        }
        var category = taxonomy.Restrictions.FirstOrDefault(c => c.Id == restriction.Category);
        if (category is null)
        {
            Known(value, restriction.Category, "restriction category", taxonomy.Restrictions.Select(c => c.Id));
        }
        else if (restriction.Strength > category.Strengths.Length)
        {
            read.Report(value, $"{restriction.Category} has strengths 1 to {category.Strengths.Length}");
        }
        return restriction;
    }

    private ImmutableArray<Act> ReadActs(YamlValue.Map map, string key) =>
        map[key] is YamlValue.Scalar { Text: "all" } ? [.. Acts.All]
        : SourceReader.Items(map[key]) is [YamlValue.Scalar { Text: "all" }] ? [.. Acts.All]
        : read.Choices<Act>(map, key);

    private void CheckFacts(YamlValue at, Guard guard)
    {
        foreach (var test in guard.Tests())
        {
            var fact = taxonomy.Facts.FirstOrDefault(f => f.Id == test.Fact);
            if (fact is null)
            {
                Known(at, test.Fact, "fact", taxonomy.Facts.Select(f => f.Id));
                continue;
            }
            var fits = (test, fact.Type) switch
            {
                (Guard.IsTrue, FactType.Bool) => true,
                (Guard.Number, FactType.Number) => true,
                (Guard.Date, FactType.Date) => true,
                (Guard.Names, FactType.Set or FactType.Enum or FactType.Code) => true,
                _ => false,
            };
            if (!fits)
            {
                read.Report(at, $"the fact `{fact.Id}` is a {Kebab.Of(fact.Type)}; `{test}` does not fit it");
            }
            else if (test is Guard.Names names && fact is { Id: not "purpose", Values.IsEmpty: false })
            {
                foreach (var value in names.Values)
                {
                    Known(at, value, $"value of `{fact.Id}`", fact.Values);
                }
            }
        }
    }

    private void Known(YamlValue at, string name, string what, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (!all.Contains(name))
        {
            var nearest = Closeness.Nearest(name, all);
            read.Report(
                at,
                $"`{name}` is no known {what}; {(nearest is null ? $"known are {string.Join(", ", all.Take(40))}" : $"write `{nearest}`")}"
            );
        }
    }

    /// <summary>What would make the encoding unsound as a whole.</summary>
    private void Lint(License license, YamlValue.Map map, List<(Rule? Rule, YamlValue At)> own)
    {
        var clauses = license.Documents.SelectMany(d => d.Clauses).ToList();
        foreach (var twice in clauses.GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            read.Report(map["documents"], $"the clause id `{twice.Key}` stands {twice.Count()} times");
        }
        foreach (var twice in own.GroupBy(r => r.Rule!.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            read.Report(twice.Last().At, $"the rule id `{twice.Key}` stands {twice.Count()} times");
        }
        var cited = license
            .Rules.SelectMany(r => r.Clauses)
            .Concat(license.Documents.SelectMany(d => d.IncorporatedBy))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var clause in clauses)
        {
            if (clause.NoEffect is null && !cited.Contains(clause.Id))
            {
                read.Report(
                    map["documents"],
                    $"no rule cites clause `{clause.Id}`; cite it, or say why not: `no-effect: {string.Join("|", NoEffectReasons.Take(3))}|…`"
                );
            }
            if (clause.NoEffect is not null && cited.Contains(clause.Id))
            {
                read.Report(map["documents"], $"clause `{clause.Id}` is marked no-effect, yet a rule cites it; remove one");
            }
        }
        foreach (var missing in (license.Unread?.IncorporatedBy ?? []).Where(c => clauses.TrueForAll(k => k.Id != c)))
        {
            read.Report(map["unread-policy"], $"the policy is incorporated by clause `{missing}`, which no document has");
        }
        foreach (var (rule, at) in own)
        {
            if (rule!.Clauses.IsEmpty)
            {
                read.Report(at, $"rule `{rule.Id}` cites no clause");
            }
        }
        YamlValue At(Rule rule) => own.Find(o => o.Rule!.Id == rule.Id).At ?? map["variant-of"] ?? map;
        foreach (var (rule, message) in new RuleLint(license, taxonomy.Facts.ToDictionary(f => f.Id, StringComparer.Ordinal)).Problems())
        {
            read.Report(At(rule), message);
        }
        if (license.Rules.Length > MostRules)
        {
            read.Report(map["rules"] ?? map, $"{license.Rules.Length} rules are too many: the compiled engine takes {MostRules} a license");
        }
        foreach (var rule in license.Rules)
        {
            var at = At(rule);
            foreach (var missing in rule.Clauses.Where(c => clauses.TrueForAll(k => k.Id != c)))
            {
                read.Report(at, $"rule `{rule.Id}` cites clause `{missing}`, which no document has");
            }
            if (rule.Effect is Effect.Grant grant)
            {
                foreach (var missing in grant.Overrides.Where(o => license.Rules.All(r => r.Id != o)))
                {
                    read.Report(at, $"rule `{rule.Id}` overrides `{missing}`, which is no rule of this license");
                }
            }
        }
    }
}
