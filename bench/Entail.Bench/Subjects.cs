using System.Runtime.InteropServices;
using Entail.Core.Catalog;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>A reference text and the names under which it is recognized.</summary>
/// <param name="File">The text.</param>
/// <param name="Words">The number of its normalized words.</param>
/// <param name="Names">The names of its class: of all texts with the very same words.</param>
/// <param name="Rival">The key of the most similar text of another class, where the similarity is above <see cref="Subjects.RivalBar"/>; else null.</param>
internal sealed record Subject(LicenseFile File, int Words, Names Names, string? Rival)
{
    public string Key => File.Key;

    public string Text => File.Text;

    /// <summary>How it is scored: texts too short or too similar to another are counted apart.</summary>
    public string Group =>
        Words < Subjects.ShortWords ? "under 20 words"
        : Rival is not null ? "rival above 0.98"
        : "";
}

/// <summary>The names of a class of texts with the same words.</summary>
internal sealed class Names
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> documents = new(StringComparer.Ordinal);

    /// <summary>Adds the id of a text and, for a text of a cataloged license, which document of it.</summary>
    public void Add(string id, string? document)
    {
        ids.Add(id);
        documents.Add($"{id}#{document}");
    }

    /// <summary>True when a match names the class, the document included.</summary>
    public bool Has(LicenseMatch match) => documents.Contains($"{match.License}#{match.Document}") || match.Also.Any(ids.Contains);

    /// <summary>True when the class has this id.</summary>
    public bool Has(string id) => ids.Contains(id);

    /// <summary>True when a match says that it may be of the class just as well.</summary>
    public bool Allows(LicenseMatch match) => match.Or.Any(ids.Contains);
}

/// <summary>All reference texts, classed by their words.</summary>
internal sealed class Subjects
{
    public const int ShortWords = 20;
    public const double RivalBar = 0.98;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Names> byWords = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subject> byKey = new(StringComparer.Ordinal);

    public Subjects(IReadOnlyList<LicenseFile> files, CompiledCatalog catalog)
    {
        var cataloged = catalog.Texts.ToLookup(text => text.Key, StringComparer.Ordinal);
        var texts = files.Select(file => Normalization.Words(file.Text)).ToList();
        foreach (var (file, words) in files.Zip(texts))
        {
            var joined = Joined(words);
            var names = byWords.TryGetValue(joined, out var known) ? known : byWords[joined] = new Names();
            foreach (var text in cataloged[file.Key])
            {
                names.Add(text.License, text.Document);
            }
            if (!cataloged.Contains(file.Key))
            {
                names.Add(file.Key, document: null);
            }
        }
        var sequences = texts.Select(Numbered).ToList();
        var rivals = Rivals.Nearest(sequences, RivalBar);
        All =
        [
            .. files.Select(
                (file, i) => new Subject(file, texts[i].Count, byWords[Joined(texts[i])], rivals[i] >= 0 ? files[rivals[i]].Key : null)
            ),
        ];
        foreach (var subject in All)
        {
            byKey.Add(subject.Key, subject);
        }
    }

    public IReadOnlyList<Subject> All { get; }

    /// <summary>The text of this key; throws <see cref="InvalidDataException"/> when there is none.</summary>
    public Subject this[string key] =>
        byKey.TryGetValue(key, out var subject) ? subject : throw new InvalidDataException($"there is no reference text {key}");

    /// <summary>The names of the texts with the very words of this one; null when there are none.</summary>
    public Names? SameWords(string text) => byWords.GetValueOrDefault(Joined(Normalization.Words(text)));

    /// <summary>True when fewer edits make a changed text the one that a match names than make it the text that it was made from.</summary>
    public bool IsNearer(string changed, LicenseMatch match, Subject source)
    {
        var words = Numbered(Normalization.Words(changed));
        var away = Rivals.Distance(words, Sequence(source), words.Length + source.Words)!.Value;
        return All.Any(other => other.Names.Has(match.License) && Rivals.Distance(words, Sequence(other), away - 1) is not null);
    }

    private int[] Sequence(Subject subject) => Numbered(Normalization.Words(subject.Text));

    private int[] Numbered(IReadOnlyList<Word> words)
    {
        var sequence = new int[words.Count];
        for (var i = 0; i < sequence.Length; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, words[i].Text, out var known);
            sequence[i] = known ? number : number = numbers.Count;
        }
        return sequence;
    }

    private static string Joined(IReadOnlyList<Word> words) => string.Join(' ', words.Select(word => word.Text));
}
