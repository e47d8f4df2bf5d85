using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>
/// The models that JavaScript and TypeScript hand to transformers.js, to Ollama's client, and to LangChain's. Strings count where they stand
/// themselves, or by a name that stands for them in the same file.
/// </summary>
internal static class ScriptSource
{
    /// <summary>Reads a file of JavaScript or TypeScript.</summary>
    public static void Read(string text, FoundUses uses)
    {
        var names = new BraceNames(isScript: true);
        var code = new Code(BraceTokens.Read(text, isScript: true), names.ValuesOf);
        names.Read(code);
        foreach (var call in code.Calls())
        {
            var arguments = code.Arguments(call.Open, ":").Take(20).ToList();
            switch (call.Name)
            {
                case "from_pretrained" or "loadModel" or "snapshotDownload" when arguments.Count > 0:
                    Add(code, arguments[0].Value, SourceNames.Hub, call.Name, uses);
                    break;
                case "pipeline" when arguments.Count > 1:
                    Add(code, arguments[1].Value, SourceNames.Hub, call.Name, uses);
                    break;
                case "chat" or "generate" or "pull" or "embed" or "embeddings" when IsOllama(code, call, names):
                case "ChatOllama" or "OllamaEmbeddings" or "Ollama":
                    Add(code, Model(code, arguments), SourceNames.Ollama, call.Name, uses);
                    break;
                case "HuggingFaceInference" or "HuggingFaceTransformersEmbeddings" or "HuggingFaceInferenceEmbeddings":
                    Add(code, Model(code, arguments), SourceNames.Hub, call.Name, uses);
                    break;
                default:
                    break;
            }
        }
        BraceNames.Addresses(code, uses);
    }

    private static bool IsOllama(Code code, Call call, BraceNames names) =>
        call.Names.Count == 2
        && (
            call.Names[0] == "ollama"
            || names.ValuesOf(call.Names[0], call.First).Select(v => code.CallAt(v)).OfType<Call>().Any(c => c.Names[0] == "Ollama")
        );

    // `{model: …}`, in the first argument.
    private static Span Model(Code code, List<Argument> arguments) =>
        arguments.Count > 0 && code[arguments[0].Value.Start].Is("{")
            ? code.Arguments(arguments[0].Value.Start, ":")
                .Where(a => a.Name is "model" or "modelName")
                .Select(a => a.Value)
                .FirstOrDefault()
            : default;

    private static void Add(Code code, Span value, Func<string, string?> name, string pointer, FoundUses uses)
    {
        foreach (var text in code.Texts(value))
        {
            uses.Add(name(text.Value), Act.Run, pointer, text.Line);
        }
    }
}
