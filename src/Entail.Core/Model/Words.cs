using System.Globalization;

namespace Entail.Core.Model;

/// <summary>The language of an answer.</summary>
public enum Lang
{
    En,
    Zh,
}

/// <summary>One sentence in both languages.</summary>
public sealed record Text(string En, string Zh)
{
    /// <summary>The sentence in <paramref name="lang"/>.</summary>
    public string In(Lang lang) => lang == Lang.Zh ? Zh : En;
}

/// <summary>A part of a repository; each part has a license expression of its own.</summary>
public enum Part
{
    Weights,
    Code,
    Data,
    Docs,
}

/// <summary>Whether the words say it plainly, or fair readers differ.</summary>
public enum Certainty
{
    Yes,
    Arguable,
}

/// <summary>
/// One of the two ways every question is answered. Leniently, arguable grants and exceptions hold and arguable prohibitions, thresholds,
/// duties and derivative tests do not; strictly the reverse.
/// </summary>
public enum Reading
{
    Lenient,
    Strict,
}

/// <summary>What a sharing act is about.</summary>
public enum Subject
{
    Original,
    Derivative,
    Output,
}

/// <summary>The answer to a question, mildest first; <see cref="Unclear"/> when readings or missing facts lead to different answers.</summary>
public enum Verdict
{
    Permitted,
    PermittedWithDuties,
    NeedsAgreement,
    Prohibited,
    Unclear,
}

/// <summary>What several verdicts come to.</summary>
public static class Verdicts
{
    /// <summary>Prohibited where one is, else unclear where one is, else the strictest; permitted where there is none.</summary>
    public static Verdict Joint(this IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToList();
        return all.Contains(Verdict.Prohibited) ? Verdict.Prohibited : all.DefaultIfEmpty(Verdict.Permitted).Max();
    }
}

/// <summary>Why a verdict is unclear.</summary>
public enum UnclearReason
{
    MissingFact,
    ArguableText,
    ClausesConflict,
    LicenseNotInCatalog,
    TextDiffers,
    PolicyUnpinned,
    LineageUnknown,
}

/// <summary>How a license meets the result of a making act.</summary>
public enum Passing
{
    /// <summary>The result is the same work: a verbatim or format copy.</summary>
    Same,

    /// <summary>The result contains the work as a component.</summary>
    Contains,

    /// <summary>The result is a derivative under the license.</summary>
    Derivative,
}

/// <summary>Whom a rule binds.</summary>
public enum Reach
{
    /// <summary>The one who does the act.</summary>
    Maker,

    /// <summary>Also the work that results, derivative or not.</summary>
    Work,
}

/// <summary>What is said of an act that no rule speaks of.</summary>
public enum Silence
{
    Prohibited,
    Arguable,
}

/// <summary>How sure a claim is that has three answers.</summary>
public enum Answer3
{
    Yes,
    No,
    Unclear,
}

/// <summary>A clause of a license: <c>deepseek-1.0#4.b</c>.</summary>
public sealed record ClauseRef(string License, string Clause) : IComparable<ClauseRef>
{
    /// <inheritdoc/>
    public override string ToString() => $"{License}#{Clause}";

    /// <inheritdoc/>
    public int CompareTo(ClauseRef? other) => string.CompareOrdinal(ToString(), other?.ToString());
}

/// <summary>
/// A use restriction: a category and how much of it is ruled out. A strength includes those below it in its category. A scope takes parameters, which
/// are compared as sets: the places that are left out, the models that may not be improved; one that begins with a hyphen is excepted.
/// </summary>
/// <param name="Category">The category, upper case.</param>
/// <param name="Strength">How much of it, from 1.</param>
/// <param name="Parameters">The parameters in ordinal order, with commas between them; empty for none.</param>
public readonly record struct Restriction(string Category, int Strength, string Parameters = "") : IComparable<Restriction>
{
    /// <inheritdoc/>
    public override string ToString() => $"{Category}@{Strength}{(Parameters.Length == 0 ? "" : $"{{{Parameters}}}")}";

    /// <summary>True where everything <paramref name="other"/> rules out is ruled out here too. A use without parameters is in any scope.</summary>
    public bool Covers(Restriction other) =>
        string.Equals(Category, other.Category, StringComparison.Ordinal)
        && Strength >= other.Strength
        && (other.Parameters.Length == 0 || Parameters == other.Parameters || IsWider(Parameters, other.Parameters));

    // More that is named rules out more, more that is excepted less; what names nothing says nothing of how wide it is.
    private static bool IsWider(string mine, string others)
    {
        if (mine.Length == 0)
        {
            return false;
        }
        var here = mine.Split(',');
        var there = others.Split(',');
        return here.Where(p => p[0] == '-').All(there.Contains)
            && (here.Contains("any", StringComparer.Ordinal) || there.Where(p => p[0] != '-').All(here.Contains));
    }

    /// <inheritdoc/>
    public int CompareTo(Restriction other) =>
        string.CompareOrdinal(Category, other.Category) is var order && order != 0 ? order
        : Strength != other.Strength ? Strength.CompareTo(other.Strength)
        : string.CompareOrdinal(Parameters, other.Parameters);

    /// <summary>Reads <c>CATEGORY@n</c>, or <c>CATEGORY@n{a,b}</c> for a scope; a bare category means its narrowest strength, 1.</summary>
    public static bool TryParse(string text, out Restriction restriction)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        var parameters = "";
        var sound = brace < 0 || (brace > 0 && text[^1] == '}');
        if (brace > 0 && sound)
        {
            var named = text[(brace + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            sound = named.All(p => p.Trim('-').Length > 0);
            parameters = string.Join(',', named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            text = text[..brace];
        }
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var category = (at < 0 ? text : text[..at]).ToUpperInvariant();
        var strength = 1;
        sound &=
            category.Length > 0
            && (
                at < 0 || (int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out strength) && strength > 0)
            );
        restriction = new Restriction(category, strength, parameters);
        return sound;
    }
}
