using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write;

namespace Entail.Cli;

/// <summary>Wrong use of the command line: a message for the user, exit code 3.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What every command has: the catalog, the language, the format, the printer.</summary>
internal sealed class Session
{
    public static readonly Option<string> LangOption = new("--lang")
    {
        Description = "language of the answer: en or zh",
        DefaultValueFactory = _ => "en",
        Recursive = true,
    };
    public static readonly Option<string> FormatOption = new("--format")
    {
        Description = "human, json, and where it applies ndjson, sarif, junit, markdown, html",
        DefaultValueFactory = _ => "human",
        Recursive = true,
    };
    public static readonly Option<string> ColorOption = new("--color")
    {
        Description = "auto, always or never",
        DefaultValueFactory = _ => "auto",
        Recursive = true,
    };
    public static readonly Option<bool> QuietOption = new("--quiet")
    {
        Description = "nothing on standard error but errors",
        Recursive = true,
    };
    public static readonly Option<string?> DateOption = new("--date")
    {
        Description = "the day of the question (yyyy-MM-dd); default today",
        Recursive = true,
    };

    public static readonly Option<string?> CatalogOption = new("--catalog")
    {
        Description = "an earlier release of the catalog: its version, or a day on which it was the newest",
        Recursive = true,
    };

    public Session(ParseResult parsed, params ReadOnlySpan<string> formats)
    {
        Newest = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        Catalog = parsed.GetValue(CatalogOption) is { } release ? Released(release) : Newest;
        Format = parsed.GetValue(FormatOption)!;
        if (!formats.Contains(Format))
        {
            throw new UsageException($"--format {Format} does not apply here; use {string.Join(", ", formats.ToArray())}");
        }
        var lang = parsed.GetValue(LangOption)!;
        if (lang is not ("en" or "zh"))
        {
            throw new UsageException($"--lang {lang} is not spoken; use en or zh");
        }
        var color = parsed.GetValue(ColorOption)!;
        if (color is not ("auto" or "always" or "never"))
        {
            throw new UsageException($"--color {color}: use auto, always or never");
        }
        Lang = lang == "zh" ? Lang.Zh : Lang.En;
        IsQuiet = parsed.GetValue(QuietOption);
        Today = parsed.GetValue(DateOption) is { } date
            ? DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw new UsageException($"--date {date}: write a day such as 2026-01-31")
            : DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        Printer = Printer.For(color);
        Phrases = new Phrases(Catalog, Lang);
        Documents = new DocumentWriter(Catalog, Phrases, Today);
        Asking = new Asking(Catalog, Today);
    }

    /// <summary>The catalog that is asked.</summary>
    public CompiledCatalog Catalog { get; }

    /// <summary>The newest catalog that the program carries.</summary>
    public CompiledCatalog Newest { get; }

    public string Format { get; }

    public Lang Lang { get; private set; }

    public DateOnly Today { get; }

    public Printer Printer { get; }

    public Phrases Phrases { get; private set; }

    public DocumentWriter Documents { get; }

    public Asking Asking { get; }

    public bool IsQuiet { get; }

    /// <summary>The reference texts; read when first asked for, like all that follows from them.</summary>
    public FingerprintIndex Index => field ??= FingerprintIndex.Load(EmbeddedCatalog.Fingerprints());

    public Identifier Identifier => field ??= new Identifier(Index, Catalog);

    public bool IsJson => Format is "json" or "ndjson";

    /// <summary>A document: indented for <c>json</c>, on one line for <c>ndjson</c>.</summary>
    public void PrintJson<T>(T document) => Printer.PrintText(DocumentWriter.Json(document, Format == "json"));

    /// <summary>Something worth knowing beside the answer, on standard error; not with <c>--quiet</c>.</summary>
    public void Note(string en, string zh)
    {
        if (!IsQuiet)
        {
            Console.Error.WriteLine(Phrases.Say($"note: {en}", $"注意：{zh}"));
        }
    }

    /// <summary>Answers in another language from here on.</summary>
    public void Speak(Lang lang) => (Lang, Phrases) = (lang, new Phrases(Catalog, lang));

    /// <summary>The license with that name, or a message that names the nearest ones.</summary>
    public License License(string name) =>
        Catalog.Resolve(Asking.Target(name).Name) switch
        {
            Resolution.Known known => known.License,
            Resolution.Ambiguous { Candidates: { IsEmpty: false } candidates } => throw new UsageException(
                $"`{name}` may mean several licenses: {string.Join(", ", candidates.Select(c => c.Id))}; name one"
            ),
            Resolution.Ambiguous { Note: { } note } => throw new UsageException(
                $"`{name}` names no license of the catalog: {Phrases.Say(note)}"
            ),
            Resolution.Unknown { Nearest: { IsEmpty: false } nearest } => throw new UsageException(
                $"there is no license `{name}` in the catalog; did you mean {string.Join(" or ", nearest)}?"
            ),
            _ => throw new UsageException($"there is no license `{name}` in the catalog; `entail licenses` lists them"),
        };

    /// <summary>The catalog of a release, by its version or by a day on which it was the newest; null for what is neither a version nor a day.</summary>
    public CompiledCatalog? Release(string written)
    {
        var isDay = DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (!isDay && !Version.TryParse(written, out _))
        {
            return null;
        }
        var release = Newest.Releases.FirstOrDefault(r => isDay ? r.Date <= day : r.Version == written);
        return release is null
                ? throw new UsageException(
                    $"there is no catalog {(isDay ? "of " : "")}{written}; releases: {string.Join(", ", Newest.Releases.Select(r => $"{r.Version} of {r.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"))}"
                )
            : release == Newest.Releases[0] ? Newest
            : CompiledCatalog.Unpack(EmbeddedCatalog.Release(release.Version));
    }

    private CompiledCatalog Released(string written) =>
        Release(written)
        ?? throw new UsageException($"--catalog {written}: write a version such as {Newest.Releases[0].Version}, or a day");

    /// <summary>Acts as the user lists them.</summary>
    public static ImmutableArray<Act> Acts(IEnumerable<string> written) =>
        [
            .. written
                .SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(a =>
                    Core.Model.Acts.TryParse(a, out var act) ? act
                    : a.StartsWith('-') ? throw new UsageException($"there is no option {a} here; `--help` lists them")
                    : throw new UsageException(QuestionReader.UnknownAct(a, "--do"))
                ),
        ];

    /// <summary>Facts as <c>name=value</c>; a bare name is true.</summary>
    public Facts Facts(IEnumerable<string> written, string? assume)
    {
        if (assume is not (null or "none" or "ordinary"))
        {
            throw new UsageException($"--assume {assume}: write none");
        }
        var entries = written.Select(w =>
        {
            var equals = w.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? w : w[..equals];
            var value = equals < 0 ? "true" : w[(equals + 1)..];
            return KeyValuePair.Create(
                new YamlValue.Scalar(name.Trim(), true, 1, 1, 1),
                Yaml.Parse(value, 1, []) ?? new YamlValue.Scalar(value, true, 1, 1, 1)
            );
        });
        var problems = new List<string>();
        var facts = FactReader.Read(new YamlValue.Map([.. entries], 1, 1, 1), Catalog.Facts, (_, message) => problems.Add(message));
        return problems.Count > 0 ? throw new UsageException(string.Join("; ", problems)) : facts with { Assume = assume != "none" };
    }

    /// <summary>A word of a closed list.</summary>
    public static T? Choice<T>(string? written, string option)
        where T : struct, Enum =>
        written is null ? null
        : Kebab.TryParse<T>(written, out var value) ? value
        : throw new UsageException($"{option} {written}: use {string.Join(", ", Enum.GetValues<T>().Select(v => Kebab.Of(v)))}");
}
