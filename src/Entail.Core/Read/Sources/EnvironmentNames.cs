using System.Collections.Frozen;
using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>Variables of the environment, and keys of configurations, that stand for a model whatever program reads them.</summary>
internal static class EnvironmentNames
{
    private static readonly FrozenSet<string> Models =
        "MODEL MODELID MODELNAME MODELNAMEORPATH HFMODEL HFMODELID HFMODELNAME HFMODELREPO HFREPOID HUGGINGFACEMODEL HUGGINGFACEMODELID EMBEDDINGMODEL EMBEDDINGMODELID EMBEDDINGMODELNAME EMBEDDINGSMODEL EMBEDMODEL RERANKERMODEL RERANKMODEL LLMMODEL LLMMODELID LLMMODELNAME BASEMODEL BASEMODELNAME CHATMODEL MODELREPO MODELREPOID VLLMMODEL DRAFTMODEL SPECULATIVEMODEL PRETRAINEDMODELNAMEORPATH DEFAULTMODEL"
            .Split(' ')
            .ToFrozenSet();

    /// <summary>True for a key that stands for a model; letter case and what joins its words do not matter.</summary>
    public static bool IsModel(string key) => key.Length < 60 && Models.Contains(Plain(key));

    /// <summary>True for a key that stands for a model of Ollama.</summary>
    public static bool IsOllamaModel(string key) =>
        key.Length < 60
        && Plain(key)
            is "OLLAMAMODEL"
                or "OLLAMAMODELNAME"
                or "OLLAMACHATMODEL"
                or "OLLAMAEMBEDMODEL"
                or "OLLAMAEMBEDDINGMODEL"
                or "OLLAMALLMMODEL";

    /// <summary>Reads a variable.</summary>
    public static void Read(string key, ShellWord value, FoundUses uses)
    {
        var name =
            IsOllamaModel(key) ? SourceNames.Ollama(value.Text)
            : !IsModel(key) ? null
            : SourceNames.Unloaded(value.Text) is not { } unloaded ? SourceNames.Provided(value.Text)
            : LooksNamed(unloaded) ? unloaded
            : null;
        uses.Add(name, Act.Run, key, value.Line);
    }

    /// <summary>Reads a file of variables, as <c>.env</c>.</summary>
    public static void Read(FoundUses uses)
    {
        var names = new ShellNames();
        for (var i = 0; i < uses.Lines.Count; i++)
        {
            foreach (var word in ShellWords.Commands(uses.Lines[i], i + 1).FirstOrDefault() ?? [])
            {
                names.Assign(word);
            }
        }
        names.Tell(uses);
    }

    /// <summary>True where the name has what names of models have and names of files and tables lack: a hyphen, a capital, or a number without underscores.</summary>
    public static bool LooksNamed(string name)
    {
        var own = name[(name.LastIndexOf('/') + 1)..];
        return own.Any(c => c == '-' || char.IsAsciiLetterUpper(c))
            || (own.Any(char.IsAsciiDigit) && !own.Contains('_', StringComparison.Ordinal));
    }

    private static string Plain(string key) => string.Concat(key.Where(c => c is not ('_' or '-' or '.' or ' '))).ToUpperInvariant();
}
