using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>
/// The models and datasets that Python code hands to the libraries which load, serve or train them. Strings count where a call takes them as the id,
/// themselves or by a name that stands for them in the same file.
/// </summary>
internal sealed class PythonSource
{
    private const int MostArguments = 100;
    private const int DeepestOrigin = 6;
    private const int MostOrigins = 10_000;

    private static readonly string[] TrainData = ["train_dataset", "eval_dataset"];

    private readonly FoundUses uses;
    private readonly PythonNames names = new();
    private readonly Code code;
    private int origins;

    private PythonSource(List<Token> tokens, FoundUses uses)
    {
        this.uses = uses;
        code = new Code(tokens, names.ValuesOf);
        names.Read(code);
    }

    /// <summary>Reads a file of Python.</summary>
    public static void Read(string text, FoundUses uses)
    {
        var tokens = new List<Token>();
        PythonTokens.Read(text, 1, tokens);
        Read(tokens, uses);
    }

    /// <summary>Reads code in pieces.</summary>
    public static void Read(List<Token> tokens, FoundUses uses) => new PythonSource(tokens, uses).Read();

    private void Read()
    {
        foreach (var call in code.Calls())
        {
            var arguments = code.Arguments(call.Open, "=").Take(MostArguments).ToList();
            Loaded(call, arguments, Act.Run);
            if (call.Name.EndsWith("Trainer", StringComparison.Ordinal))
            {
                Trained(call, arguments);
            }
        }
        foreach (
            var (name, value) in names.Defaults.Where(d => Loader.Parameters.Contains(d.Name) || EnvironmentNames.IsOllamaModel(d.Name))
        )
        {
            foreach (var text in code.Texts(value))
            {
                uses.Add(Named(name, text.Value), Act.Run, name, text.Line);
            }
        }
        foreach (var token in code.Tokens.Where(t => t.Kind == TokenKind.Text))
        {
            var (name, kind) = SourceNames.Address(token.Value, whole: false);
            uses.Add(name, Act.Run, "huggingface.co", token.Line, kind);
        }
    }

    // What nothing in sight loads is a model by what it is called.
    private static string? Named(string name, string text) =>
        EnvironmentNames.IsOllamaModel(name) ? SourceNames.Ollama(text)
        : Loader.Parameters.Contains(name) ? SourceNames.Unloaded(text) ?? SourceNames.Provided(text)
        : null;

    private void Loaded(Call call, List<Argument> arguments, Act act)
    {
        if (LoaderOf(call) is not { } loader || KindOf(loader, arguments) is not { } kind)
        {
            return;
        }
        // An adapter is loaded onto a model that is loaded already.
        var isAdapter =
            call.Names.Count > 1
            && call.Names[^2].StartsWith("Peft", StringComparison.Ordinal)
            && !call.Names[^2].EndsWith("Config", StringComparison.Ordinal);
        var given = isAdapter && arguments.Count > 1 && arguments[1].Name is null ? arguments[1] : loader.Of(arguments);
        foreach (var text in given is { } id ? code.Texts(id.Value) : [])
        {
            uses.Add(loader.Name(text.Value), act, call.Name, text.Line, kind);
        }
    }

    private Loader? LoaderOf(Call call) =>
        IsOllama(call) && Loader.OllamaClient.TryGetValue(call.Name, out var client) ? client
        : call.Name == "load" && Module(call).StartsWith("mlx_", StringComparison.Ordinal) ? Loader.Mlx[call.Name]
        : call.Name == "load_model" && !Module(call).Contains("whisper", StringComparison.Ordinal) ? null
        : Loader.Python.GetValueOrDefault(call.Name);

    // The client itself, what was imported from it, or a name that stands for one.
    private bool IsOllama(Call call) =>
        Module(call) == "ollama"
        || (
            call.Names.Count == 2
            && names
                .ValuesOf(call.Names[0], call.First)
                .Select(v => code.CallAt(v))
                .OfType<Call>()
                .Any(c => c.Name is "Client" or "AsyncClient" && Module(c) == "ollama")
        )
        || (
            call.First > 1
            && call.Names.Count == 1
            && code[call.First - 1].Is(".")
            && code[call.First - 2].Is(")")
            && CalledBefore(call.First - 2) is "Client" or "AsyncClient"
            && names.Imported.GetValueOrDefault(CalledBefore(call.First - 2)) == "ollama"
        );

    // `Client()` before `.chat(…)`, without anything in its brackets.
    private string CalledBefore(int close) => code[close - 1].Is("(") ? code[close - 2].Value : "";

    private string Module(Call call) =>
        call.First > 0 && code[call.First - 1].Is(".")
            ? ""
            : names.Imported.GetValueOrDefault(call.Names[0], call.Names.Count > 1 ? call.Names[0] : "");

    // What a repository holds, where the call says so; null for what is neither.
    private string? KindOf(Loader loader, List<Argument> arguments)
    {
        var stated = arguments.Where(a => a.Name == "repo_type").Select(a => a.Value).ToList();
        return stated.Count == 0
            ? loader.Kind
            : (stated[0].Length == 1 ? code[stated[0].Start].Value : "") switch
            {
                "dataset" => SourceNames.OfDataset,
                "model" or "None" => SourceNames.OfModel,
                _ => null,
            };
    }

    private void Trained(Call call, List<Argument> arguments)
    {
        var adapts = arguments.Any(a =>
            a.Name == "peft_config"
            && !(a.Value.Length == 1 && code[a.Value.Start].IsWord("None"))
            && code.CallAt(a.Value)?.Name != "get_peft_config"
        );
        var model = arguments.FirstOrDefault(a => a.Name == "model");
        var given = model.Name is null && arguments.Count > 0 && arguments[0].Name is null ? arguments[0] : model;
        foreach (var (text, isAdapted, kind, loader) in Origins(given.Value, false, 0))
        {
            if (kind == SourceNames.OfModel)
            {
                uses.Add(loader(text.Value), adapts || isAdapted ? Act.Adapt : Act.FineTune, call.Name, text.Line);
            }
        }
        foreach (
            var (text, _, kind, loader) in arguments
                .Where(a => a.Name is not null && TrainData.Contains(a.Name))
                .SelectMany(a => Origins(a.Value, false, 0))
        )
        {
            if (kind == SourceNames.OfDataset)
            {
                uses.Add(loader(text.Value), Act.TrainOnData, call.Name, text.Line, kind);
            }
        }
    }

    // What a value was loaded from: itself a name, or the result of a call that loads one, whatever was done with that since.
    private IEnumerable<(Token Text, bool IsAdapted, string Kind, Func<string, string?> Name)> Origins(
        Span value,
        bool isAdapted,
        int depth
    )
    {
        if (value.Length <= 0 || depth > DeepestOrigin || ++origins > MostOrigins)
        {
            return [];
        }
        if (value.Length == 1 && code[value.Start].Kind == TokenKind.Text)
        {
            return [(code[value.Start], isAdapted, SourceNames.OfModel, SourceNames.Hub)];
        }
        if (code.CallAt(value) is { } call)
        {
            var arguments = code.Arguments(call.Open, "=").Take(MostArguments).ToList();
            if (call.Name is "get_peft_model" or "prepare_model_for_kbit_training")
            {
                var model = arguments.FirstOrDefault(a => a.Name is null or "model").Value;
                return Origins(model, isAdapted || call.Name == "get_peft_model", depth + 1);
            }
            if (LoaderOf(call) is { } loader && KindOf(loader, arguments) is { } kind)
            {
                return loader.Of(arguments) is { } id ? code.Texts(id.Value).Select(t => (t, isAdapted, kind, loader.Name)) : [];
            }
            // `data.map(…)`, `load(…)["train"]`.
            return call.Names.Count == 2 ? names.ValuesOf(call.Names[0], call.First).SelectMany(v => Origins(v, isAdapted, depth + 1)) : [];
        }
        var end = code.EndOfNames(value);
        return end == value.Start + 1 && (end == value.End || code[end].Is("["))
            ? names.ValuesOf(code[value.Start].Value, value.Start).SelectMany(v => Origins(v, isAdapted, depth + 1))
            : [];
    }
}
