using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>Where a claim was seen.</summary>
public enum EvidenceSource
{
    /// <summary>A file of the artifact says so.</summary>
    Declared,

    /// <summary>A text was identified.</summary>
    Identified,

    /// <summary>The catalog knows it.</summary>
    Catalog,

    /// <summary>entail.yaml says so.</summary>
    Configured,
}

/// <summary>The place behind a claim.</summary>
/// <param name="File">The file, relative to the folder that was read, with forward slashes; for the catalog, the source's address.</param>
/// <param name="Line">The line, counted from 1; null where there are no lines.</param>
/// <param name="EndLine">The last line; null when it is the same.</param>
/// <param name="Pointer">A metadata key such as <c>license</c> or <c>base_model[0]</c>; null without one.</param>
/// <param name="Text">The offending words, at most one line.</param>
/// <param name="Source">How it is known.</param>
public sealed record Evidence(string File, int? Line, int? EndLine, string? Pointer, string? Text, EvidenceSource Source);

/// <summary>A value and the place that says so.</summary>
public sealed record Claim(string Value, Evidence Evidence);

/// <summary>A problem met while reading: a code of the taxonomy, what is wrong and where.</summary>
/// <param name="Code">metadata-invalid, file-unreadable.</param>
/// <param name="Message">What is wrong and what to do, in both languages.</param>
/// <param name="Evidence">Where.</param>
public sealed record ReadProblem(string Code, Text Message, Evidence Evidence);

/// <summary>A work that something was made from, as declared.</summary>
/// <param name="Work">The id of the work: a hub name, or an id of entail.yaml.</param>
/// <param name="Act">How it was made.</param>
/// <param name="Inferred">The act was not stated but follows from the files, as the hub infers it.</param>
/// <param name="Part">The part of the source work; null for weights of models and data of datasets.</param>
/// <param name="Facts">Facts of the step.</param>
/// <param name="Evidence">Where it is said.</param>
public sealed record DeclaredStep(string Work, Act Act, bool Inferred, Part? Part, Facts Facts, Evidence Evidence);

/// <summary>A text file that may hold a license, a notice or terms.</summary>
/// <param name="File">Its path relative to the folder, with forward slashes.</param>
/// <param name="Text">Its text, at most the first 2 MB.</param>
/// <param name="Truncated">There is more than was read.</param>
public sealed record TextFile(string File, string Text, bool Truncated);

/// <summary>What kind of place may hold a license or name one.</summary>
public enum TermsKind
{
    /// <summary>LICENSE*, COPYING*, USE_POLICY* ...</summary>
    LicenseFile,

    /// <summary>NOTICE*: what it holds need not be the license of the work.</summary>
    Notice,

    /// <summary>A section of a card or README that speaks of a license, or a line that states one.</summary>
    CardSection,

    /// <summary>An SPDX tag in a code file.</summary>
    SourceTag,

    /// <summary>The terms that the users of the work accept.</summary>
    UserTerms,
}

/// <summary>A text to identify: it may be a license, hold one, or name one.</summary>
/// <param name="File">Its file, relative to the folder, with forward slashes.</param>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Text">The text on the lines it has in the file: those before it are empty.</param>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="Heading">The heading of a section, or the label of a line, which may tell the part it governs; null for other places.</param>
/// <param name="Work">The work it goes with, where that is another than the one the folder holds, such as a component; null for that one.</param>
public sealed record TermsSource(string File, int Line, string Text, TermsKind Kind, string? Heading = null, string? Work = null);

/// <summary>What the files of a folder in Hugging Face form declare of the one work they hold.</summary>
/// <param name="Name">The work's name: the card's <c>model_name</c> where it has one, else the folder's name.</param>
/// <param name="NameEvidence">Where the card shows a name: its key, or its first heading.</param>
/// <param name="Kind">model, adapter, dataset or product (code only).</param>
/// <param name="Licenses">Every license declared, by part; a part may be claimed more than once. Values are as written: <c>llama2</c>, <c>other</c>.</param>
/// <param name="LicenseName">The card's <c>license_name</c>.</param>
/// <param name="LicenseLink">The card's <c>license_link</c>.</param>
/// <param name="Steps">What it was made from.</param>
/// <param name="LicenseFiles">LICENSE*, LICENCE*, COPYING*, MODEL_LICENSE*, USE_POLICY* ...</param>
/// <param name="NoticeFiles">NOTICE*.</param>
/// <param name="Card">README.md; null without one.</param>
/// <param name="CardBodyLine">The line on which the card's text begins after its front matter.</param>
/// <param name="Terms">Every place that may hold a license or name one: license files, notices, sections of the card, tags of code files.</param>
/// <param name="Works">Other works the files tell of: components with a folder of their own, what a file was quantized from, other models of a store.</param>
/// <param name="Problems">What could not be read.</param>
/// <param name="Holds">Works that it holds unchanged, as a pipeline its components; what it was made from is another matter.</param>
/// <param name="Original">The model that converted weights were made from, as far as its name tells; null where they give none.</param>
/// <param name="Uses">The models and datasets that its code names by their ids; of a folder of code alone.</param>
public sealed record FolderReading(
    string Name,
    Evidence? NameEvidence,
    string Kind,
    ImmutableArray<(Part Part, Claim Claim)> Licenses,
    Claim? LicenseName,
    Claim? LicenseLink,
    ImmutableArray<DeclaredStep> Steps,
    ImmutableArray<TextFile> LicenseFiles,
    ImmutableArray<TextFile> NoticeFiles,
    TextFile? Card,
    int CardBodyLine,
    ImmutableArray<TermsSource> Terms,
    ImmutableArray<ConfiguredWork> Works,
    ImmutableArray<ReadProblem> Problems,
    ImmutableArray<DeclaredStep> Holds,
    DeclaredStep? Original = null,
    ImmutableArray<ModelUse> Uses = default
)
{
    /// <inheritdoc cref="Uses"/>
    public ImmutableArray<ModelUse> Uses { get; init; } = Uses.IsDefault ? [] : Uses;
}

/// <summary>A work as entail.yaml, a record of the hub or a file beside another work states it.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Kind">model, adapter, dataset, code, output or product; null where not stated.</param>
/// <param name="Path">The folder that holds it, relative to the file; null for a work elsewhere.</param>
/// <param name="Model">A model the catalog knows; null without one.</param>
/// <param name="Licenses">License by part, as written.</param>
/// <param name="Steps">What it was made from.</param>
/// <param name="Facts">Facts of the work.</param>
/// <param name="Evidence">Where it stands.</param>
/// <param name="FromScratch">It is stated that the work was made from nothing: <c>made-from: []</c>. Nothing stated is not that.</param>
public sealed record ConfiguredWork(
    string Id,
    string? Kind,
    string? Path,
    string? Model,
    ImmutableArray<(Part Part, Claim Claim)> Licenses,
    ImmutableArray<DeclaredStep> Steps,
    Facts Facts,
    Evidence Evidence,
    bool FromScratch = false
);

/// <summary>entail.yaml.</summary>
/// <param name="Works">The works.</param>
/// <param name="ShipWork">The work to ship; null where not stated.</param>
/// <param name="ShipActs">How it is shipped; empty where not stated.</param>
/// <param name="ShipAs">The license to ship it under; null where not stated.</param>
/// <param name="Facts">Facts of the asker.</param>
/// <param name="Policy">What the user's organization wants.</param>
/// <param name="Problems">What could not be read; any of them is a wrong configuration (exit code 3).</param>
/// <param name="Terms">The terms that bind the users of what is shipped: the file that <c>ship.terms</c> names; null without one.</param>
public sealed record Configuration(
    ImmutableArray<ConfiguredWork> Works,
    string? ShipWork,
    ImmutableArray<Act> ShipActs,
    string? ShipAs,
    Facts Facts,
    Policy Policy,
    ImmutableArray<ReadProblem> Problems,
    TextFile? Terms = null
)
{
    /// <summary>One model that the catalog knows, and nothing more.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">model or dataset; null where the catalog tells.</param>
    public static Configuration OfModel(string name, string? kind = null)
    {
        var evidence = new Evidence(name, null, null, null, null, EvidenceSource.Configured);
        var work = new ConfiguredWork(name, kind, null, name, [], [], Facts.None, evidence);
        return new Configuration([work], name, [], null, Facts.None, Policy.None, []);
    }
}
