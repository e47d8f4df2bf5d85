using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>The models that one command serves, downloads or trains, by the options of the programs that do so.</summary>
internal static partial class CommandWords
{
    private const int MostWords = 1000;
    private const string ShortModelOption = "--model_name";
    private const int DeepestShell = 3;
    private const int LongestScript = 300;
    private const int LongestProgram = 20_000;

    // The last one has other meanings too: it counts where something is trained.
    private static readonly string[] ModelOptions = ["--model_name_or_path", "--base_model", ShortModelOption];

    /// <summary>Reads a command.</summary>
    /// <param name="command">Its words.</param>
    /// <param name="names">What variables stand for; receives what the command gives them.</param>
    /// <param name="uses">Receives the uses.</param>
    /// <param name="context">What runs the command, such as the image of a container.</param>
    public static void Read(IReadOnlyList<ShellWord> command, ShellNames names, FoundUses uses, string context = "") =>
        Read(command, names, uses, context, 0);

    private static void Read(IReadOnlyList<ShellWord> command, ShellNames names, FoundUses uses, string context, int depth)
    {
        foreach (
            var word in command
                .Take(MostWords)
                .SkipWhile(w => w.Text is "export" or "local" or "readonly" or "declare" or "env" or "set" or "-x")
        )
        {
            if (!names.Assign(word))
            {
                break;
            }
        }
        var words = command.Take(MostWords).Select(names.Of).ToList();
        if (words.Count == 0 || IsSaid(words[0].Text))
        {
            return;
        }
        for (var i = 1; i + 1 < words.Count; i++)
        {
            if (words[i].Text == "-c" && Shown(words[i - 1].Text, words[i + 1], names, uses, context, depth))
            {
                return;
            }
        }
        Ollama(words, uses);
        Download(words, uses);
        Served(words, context, uses);
        Trained(words, uses);
    }

    // `sh -c "…"` and `python -c "…"` have a program in a word.
    private static bool Shown(string program, ShellWord text, ShellNames names, FoundUses uses, string context, int depth)
    {
        switch (Program(program))
        {
            case "sh" or "bash" or "zsh" when depth < DeepestShell:
                foreach (var inner in ShellWords.Commands(text.Text, text.Line))
                {
                    Read(inner, names, uses, context, depth + 1);
                }
                return true;
            case "python" or "python3" when text.Text.Length < LongestProgram:
                var tokens = new List<Token>();
                PythonTokens.Read(text.Text, text.Line, tokens);
                PythonSource.Read(tokens, uses);
                return true;
            default:
                return false;
        }
    }

    // What only shows words, or is a comment in another shell.
    private static bool IsSaid(string word) =>
        word.ToUpperInvariant()
            is "ECHO"
                or "PRINTF"
                or "CAT"
                or "GREP"
                or "SED"
                or "AWK"
                or "REM"
                or "::"
                or "@ECHO"
                or "WRITE-HOST"
                or "WRITE-OUTPUT"
                or "ALIAS";

    private static string Program(string word) => word[(word.LastIndexOfAny(['/', '\\']) + 1)..];

    private static void Ollama(List<ShellWord> words, FoundUses uses)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (
                Program(words[i].Text) is "ollama" or "ollama.exe"
                && words[i + 1].Text is "run" or "pull" or "create"
                && Positional(words, i + 2) is { } name
            )
            {
                uses.Add(SourceNames.Ollama(name.Text), Act.Run, $"ollama {words[i + 1].Text}", name.Line);
                return;
            }
        }
    }

    private static void Download(List<ShellWord> words, FoundUses uses)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (Program(words[i].Text) is "huggingface-cli" or "hf" && words[i + 1].Text == "download")
            {
                var kind = Option(words, "--repo-type")?.Text switch
                {
                    null or "model" => SourceNames.OfModel,
                    "dataset" => SourceNames.OfDataset,
                    _ => null,
                };
                if (kind is not null && Positional(words, i + 2) is { } name)
                {
                    uses.Add(SourceNames.Hub(name.Text), Act.Run, $"{Program(words[i].Text)} download", name.Line, kind);
                }
                return;
            }
        }
        var isClone = words.Any(w => w.Text == "git") && words.Any(w => w.Text is "clone" or "add");
        foreach (var word in words)
        {
            var (name, kind) = SourceNames.Address(word.Text, isClone);
            uses.Add(name, Act.Run, isClone ? "git clone" : "huggingface.co", word.Line, kind);
        }
    }

    private static void Served(List<ShellWord> words, string context, FoundUses uses)
    {
        var programs = words.Select(w => Program(w.Text)).ToList();
        bool Runs(string part) =>
            context.Contains(part, StringComparison.OrdinalIgnoreCase)
            || words.Any(w =>
                !w.Text.StartsWith('-')
                && !w.Text.Contains('=', StringComparison.Ordinal)
                && w.Text.Contains(part, StringComparison.OrdinalIgnoreCase)
            );

        if (
            programs.IndexOf("vllm") is >= 0 and var vllm
            && vllm + 2 < words.Count
            && words[vllm + 1].Text == "serve"
            && Positional(words, vllm + 2) is { } served
        )
        {
            uses.Add(SourceNames.Hub(served.Text), Act.Run, "vllm serve", served.Line);
        }
        if (Runs("vllm"))
        {
            Add("--model", "vllm");
        }
        if (Runs("text-generation") || Runs("text-embeddings"))
        {
            Add("--model-id", "text-generation-inference");
        }
        if (Runs("sglang") || Runs("fastchat.serve"))
        {
            Add("--model-path", Runs("sglang") ? "sglang" : "fastchat");
            Add("--model", "sglang");
        }
        if (programs.Any(p => p.StartsWith("llama-", StringComparison.Ordinal)) || Runs("llama.cpp"))
        {
            foreach (var option in new[] { "-hf", "-hfr", "--hf-repo" })
            {
                Add(option, "llama.cpp");
            }
        }
        if (programs.Any(p => p.StartsWith("mlx_", StringComparison.Ordinal)))
        {
            var isTrained = words.Any(w => w.Text == "--train");
            Add("--model", "mlx_lm", isTrained ? Act.Adapt : Act.Run);
        }

        void Add(string option, string pointer, Act act = Act.Run)
        {
            if (Option(words, option) is { } name)
            {
                uses.Add(SourceNames.Hub(name.Text), act, $"{pointer} {option}", name.Line);
            }
        }
    }

    private static void Trained(List<ShellWord> words, FoundUses uses)
    {
        var trains =
            words.Any(w =>
                w.Text is "trl" or "--do_train" or "--num_train_epochs" or "--learning_rate" or "--max_steps"
                || (w.Text.Length < LongestScript && TrainingScript().IsMatch(w.Text))
            ) || IsLlamaFactory(words);
        var given = ModelOptions.FirstOrDefault(o => (trains || o != ShortModelOption) && Option(words, o) is not null);
        var adapts =
            words.Any(w => w.Text is "--use_peft" or "--use_lora" or "--lora_r" or "--lora_rank" or "--qlora")
                && Option(words, "--use_peft")?.Text is not ("false" or "False")
            || Option(words, "--finetuning_type")?.Text == "lora";
        var act =
            !trains ? Act.Run
            : adapts ? Act.Adapt
            : Act.FineTune;
        if (given is not null && Option(words, given) is { } name)
        {
            uses.Add(SourceNames.Hub(name.Text), act, given, name.Line);
        }
        if (Option(words, "--dataset_name") is { } data)
        {
            uses.Add(SourceNames.Hub(data.Text), trains ? Act.TrainOnData : Act.Run, "--dataset_name", data.Line, SourceNames.OfDataset);
        }
    }

    private static bool IsLlamaFactory(List<ShellWord> words)
    {
        var at = words.FindIndex(w => Program(w.Text) is "llamafactory-cli" or "lmf");
        return at >= 0 && at + 1 < words.Count && words[at + 1].Text == "train";
    }

    // The first word that is neither an option nor the value of one that is known to take it.
    private static ShellWord? Positional(List<ShellWord> words, int from)
    {
        for (var i = from; i < words.Count; i++)
        {
            if (!words[i].Text.StartsWith('-'))
            {
                return words[i];
            }
            if (!words[i].Text.Contains('=', StringComparison.Ordinal) && TakesValue().IsMatch(words[i].Text))
            {
                i++;
            }
        }
        return null;
    }

    private static ShellWord? Option(List<ShellWord> words, string option)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var text = words[i].Text;
            if (text == option)
            {
                return i + 1 < words.Count && !words[i + 1].Text.StartsWith('-') ? words[i + 1] : null;
            }
            if (text.StartsWith(option, StringComparison.Ordinal) && text[option.Length] == '=')
            {
                return words[i] with { Text = text[(option.Length + 1)..] };
            }
        }
        return null;
    }

    [GeneratedRegex(
        @"(train|finetun|fine_tun|sft|dpo|grpo|orpo|kto)\w{0,80}\.(py|sh)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex TrainingScript();

    [GeneratedRegex(
        @"^(--(repo-type|revision|local-dir|cache-dir|token|include|exclude|host|port|dtype|tensor-parallel-size|max-model-len|gpu-memory-utilization|served-model-name|keepalive|format|file)|-f|-tp)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex TakesValue();
}
