using System.Collections.Frozen;
using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>
/// The models that C# code hands to Ollama's clients and to what downloads from the hub. Strings count where they stand themselves, or by a name that
/// stands for them in the same file.
/// </summary>
internal static class CSharpSource
{
    private static readonly FrozenSet<string> OllamaClasses = new[]
    {
        "OllamaApiClient",
        "OllamaChatClient",
        "OllamaEmbeddingGenerator",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> OllamaMethods = new[]
    {
        "AsChatClient",
        "GetChatClient",
        "AddOllamaChatCompletion",
        "AddOllamaTextGeneration",
        "AddOllamaTextEmbeddingGeneration",
        "AddOllamaEmbeddingGenerator",
        "AddOllamaChatClient",
        "PullModelAsync",
        "PullModel",
        "AddModel",
    }.ToFrozenSet();

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
        foreach (var call in code.Calls())
        {
            Called(code, call, speaksOllama, uses);
        }
        if (speaksOllama)
        {
            Selected(code, uses);
            Settings(code, uses);
        }
        BraceNames.Addresses(code, uses);
    }

    private static void Called(Code code, Call call, bool speaksOllama, FoundUses uses)
    {
        var isOllama = OllamaClasses.Contains(call.Name) || (speaksOllama && OllamaMethods.Contains(call.Name));
        var isHub =
            call.Name.StartsWith("FromPretrained", StringComparison.Ordinal)
            || call.Names.Any(n => n.Contains("HuggingFace", StringComparison.Ordinal));
        if (isOllama || isHub)
        {
            foreach (
                var argument in code.Arguments(call.Open, ":").Where(a => isHub || a.Name is null || OllamaKeys.Contains(a.Name)).Take(20)
            )
            {
                foreach (var value in code.Texts(argument.Value))
                {
                    uses.Add(isOllama ? SourceNames.Ollama(value.Value) : SourceNames.Hub(value.Value), Act.Run, call.Name, value.Line);
                }
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
