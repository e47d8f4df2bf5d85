using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>Turns what identifying found into its public JSON documents.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="say">The words.</param>
/// <param name="removed">Gives the words that are missing, where the user holds the text; null otherwise.</param>
public sealed class IdentifyWriter(CompiledCatalog catalog, Phrases say, Func<LicenseMatch, Removal, string?> removed)
{
    private string Lang => say.Lang == Model.Lang.Zh ? "zh" : "en";

    /// <summary>The document of these files.</summary>
    public IdentifyJson Document(IReadOnlyList<IdentifiedFileJson> files) =>
        new("entail/identify/v1", DocumentWriter.Tool, catalog.Digest, Lang, files);

    /// <summary>One file.</summary>
    public IdentifiedFileJson File(IdentifiedFile file, IdentifyStatus status) =>
        new(
            file.File,
            file.Found?.Part is { } part ? Kebab.Of(part) : "unknown",
            Kebab.Of(status),
            file.Found?.Truncated ?? false,
            [.. (file.Found?.Matches ?? []).Select(Match)],
            [.. (file.Found?.Closest ?? []).Select(near => new ClosestJson(near.License, near.Score))],
            [.. (file.Found?.Disguised ?? []).Select(Passage)],
            file.Found?.Family is { } family ? Family(family) : null,
            file.Problem is { } problem ? new ProblemJson(problem.Code, say.Say(problem.Message)) : null
        );

    /// <summary>The classes of reference texts with the very same words.</summary>
    public ClassesJson Classes(IEnumerable<IReadOnlyList<ReferenceText>> classes) =>
        new(
            "entail/classes/v1",
            DocumentWriter.Tool,
            catalog.Digest,
            Lang,
            [.. classes.Select(same => new ClassJson(License(same), same[0].Words, [.. same.Select(text => text.Key)]))]
        );

    // A text of the class that belongs to a cataloged license gives it the name.
    private string License(IReadOnlyList<ReferenceText> same) =>
        same.Select(text => catalog.Texts.FirstOrDefault(one => one.Key == text.Key)?.License).FirstOrDefault(id => id is not null)
        ?? same[0].Key;

    /// <summary>The user's store, or the part of it that was asked for.</summary>
    public TextsJson Texts(string folder, IReadOnlyList<TextJson> texts) =>
        new("entail/texts/v1", DocumentWriter.Tool, catalog.Digest, Lang, folder, texts);

    /// <summary>A text of the store.</summary>
    /// <param name="file">Its name: in the store, or as the user gave it.</param>
    /// <param name="status">How it stands.</param>
    /// <param name="text">What it is; null where it is no reference text.</param>
    /// <param name="problem">What is wrong with it; null where nothing is.</param>
    public TextJson Text(string file, string status, HeldText? text, ProblemJson? problem = null) =>
        new(
            file,
            status,
            text?.Sha256,
            text?.Key,
            text?.License,
            text?.Document,
            text?.Words,
            text is null ? null : catalog.Find(text.License)?.AddressOf(text.Document),
            problem
        );

    private MatchJson Match(LicenseMatch match) =>
        new(
            match.License,
            match.Document,
            Kebab.Of(match.Kind),
            match.Score,
            [.. match.Spans.Select(span => new SpanJson(Lines(span.Lines), [span.Words.Start, span.Words.End]))],
            new ClausesJson(
                match.Clauses.Present,
                [.. match.Clauses.Changed.Select(clause => new ChangedClauseJson(clause.Id, Lines(clause.Lines)))],
                match.Clauses.Missing
            ),
            [.. match.Residue.Select(Passage)],
            [.. match.Removed.Select(removal => new RemovedJson(removal.Line, removal.Words, removal.Clauses, removed(match, removal)))],
            match.Also,
            match.Or,
            match.Named,
            match.Expression
        );

    private static FamilyJson Family(FamilyReading family) =>
        new(
            family.Family,
            [.. family.Clauses.Select(known => new KnownClauseJson(known.License, known.Clause, Lines(known.Lines), known.Score))],
            [.. family.Unmapped.Select(Passage)]
        );

    private static PassageJson Passage(Passage passage) => new(Lines(passage.Lines), passage.Text, passage.Clause);

    private static int[] Lines(LineRange lines) => [lines.First, lines.Last];
}
