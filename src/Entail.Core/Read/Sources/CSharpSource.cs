using System.Collections.Frozen;
using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>
/// The models that C# code hands to Ollama's clients and to what downloads from the hub. Strings count where they stand themselves, or by a name that
/// stands for them in the same file.
/// </summary>
internal static class CSharpSource
{
    private const string OwnAddress = "11434";

    // The place of the model among the arguments without a name.
    private static readonly FrozenDictionary<string, int> OllamaCalls = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["OllamaApiClient"] = 1,
        ["OllamaChatClient"] = 1,
        ["OllamaEmbeddingGenerator"] = 1,
        ["AsChatClient"] = 0,
        ["GetChatClient"] = 0,
        ["AddOllamaChatCompletion"] = 0,
        ["AddOllamaTextGeneration"] = 0,
        ["AddOllamaTextEmbeddingGeneration"] = 0,
        ["AddOllamaEmbeddingGenerator"] = 0,
        ["PullModelAsync"] = 0,
        ["PullModel"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OllamaRequests = new[]
    {
        "ChatRequest",
        "GenerateRequest",
        "EmbedRequest",
        "PullModelRequest",
        "ShowModelRequest",
        "Configuration",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> OllamaKeys = new[]
    {
        "Model",
        "SelectedModel",
        "defaultModel",
        "modelId",
        "model",
        "modelName",
    }.ToFrozenSet();

    /// <summary>Reads a file of C#.</summary>
    public static void Read(string text, FoundUses uses)
    {
        var tokens = BraceTokens.Read(text, isScript: false);
        var names = new BraceNames(isScript: false);
        var code = new Code(tokens, names.ValuesOf);
        names.Read(code);
        var speaksOllama = text.Contains("Ollama", StringComparison.Ordinal);
        // OpenAI's client speaks to Ollama too, at Ollama's own address.
        var isOpen = text.Contains("OpenAI", StringComparison.Ordinal) && !text.Contains(OwnAddress, StringComparison.Ordinal);
        foreach (var call in code.Calls())
        {
            Called(code, call, speaksOllama, isOpen, uses);
        }
        if (speaksOllama)
        {
            Selected(code, uses);
            Settings(code, uses);
        }
        BraceNames.Addresses(code, uses);
    }

    private static void Called(Code code, Call call, bool speaksOllama, bool isOpen, FoundUses uses)
    {
        var arguments = code.Arguments(call.Open, ":").Take(20).ToList();
        if (
            speaksOllama
            && OllamaCalls.TryGetValue(call.Name, out var place)
            && (!isOpen || call.Name is not ("AsChatClient" or "GetChatClient"))
        )
        {
            foreach (var argument in arguments.Where((a, i) => a.Name is null ? i == place : OllamaKeys.Contains(a.Name)))
            {
                Add(code, argument.Value, call.Name, uses);
            }
        }
        else if (
            call.Name.StartsWith("FromPretrained", StringComparison.Ordinal)
            || call.Names.Any(n => n.Contains("HuggingFace", StringComparison.Ordinal))
        )
        {
            // Only the first one is the work; others may be paths within it.
            foreach (var text in arguments.SelectMany(a => code.Texts(a.Value)).Where(t => SourceNames.Hub(t.Value) is not null).Take(1))
            {
                uses.Add(SourceNames.Hub(text.Value), Act.Run, call.Name, text.Line);
            }
        }
        // `new ChatRequest(…) { … }` has the model between the braces too.
        var brace = call.Close + 1;
        if (speaksOllama && OllamaRequests.Contains(call.Name) && code[brace].Is("{"))
        {
            Initialized(code, brace, call.Name, uses);
        }
    }

    // `client.SelectedModel = "…"`, and `new ChatRequest { Model = "…" }`.
    private static void Selected(Code code, FoundUses uses)
    {
        for (var i = 0; i < code.Tokens.Count; i++)
        {
            if (code[i].IsWord("SelectedModel") && code[i + 1].Is("="))
            {
                Add(code, BraceNames.ValueAt(code, i + 2, isScript: false), "SelectedModel", uses);
            }
            else if (
                code[i].Kind == TokenKind.Word
                && OllamaRequests.Contains(code[i].Value)
                && code[i + 1].Is("{")
                && code[i - 1].Value is "new" or "."
            )
            {
                Initialized(code, i + 1, code[i].Value, uses);
            }
        }
    }

    // `class OllamaSettings { string Model { get; set; } = "…"; }`
    private static void Settings(Code code, FoundUses uses)
    {
        for (var i = 0; i < code.Tokens.Count; i++)
        {
            if (
                !(code[i].IsWord("class") || code[i].IsWord("record"))
                || code[i + 1].Kind != TokenKind.Word
                || !code[i + 1].Value.Contains("Ollama", StringComparison.Ordinal)
                || !code[i + 2].Is("{")
            )
            {
                continue;
            }
            for (var member = i + 3; member < code.Match(i + 2); member = code.After(member))
            {
                var sign = code[member + 1].Is("{") ? code.After(member + 1) : member + 1;
                if (code[member].Kind == TokenKind.Word && EnvironmentNames.IsModel(code[member].Value) && code[sign].Is("="))
                {
                    Add(code, BraceNames.ValueAt(code, sign + 1, isScript: false), code[member].Value, uses);
                }
            }
        }
    }

    private static void Add(Code code, Span value, string pointer, FoundUses uses)
    {
        foreach (var text in code.Texts(value))
        {
            uses.Add(SourceNames.Ollama(text.Value), Act.Run, pointer, text.Line);
        }
    }

    private static void Initialized(Code code, int brace, string pointer, FoundUses uses)
    {
        foreach (var argument in code.Arguments(brace, "=").Where(a => a.Name is "Model").Take(1))
        {
            Add(code, argument.Value, pointer, uses);
        }
    }
}
