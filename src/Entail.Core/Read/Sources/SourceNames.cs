using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Entail.Core.Read.Sources;

/// <summary>Which strings are names of models and datasets, as far as the place where they stand leaves a doubt.</summary>
internal static partial class SourceNames
{
    /// <summary>The kind of a use of a model.</summary>
    public const string OfModel = "model";

    /// <summary>The kind of a use of a dataset.</summary>
    public const string OfDataset = "dataset";

    private const int LongestName = 300;
    private const string HubAddress = "huggingface.co/";

    private static readonly SearchValues<char> AddressEnds = SearchValues.Create(" \t\"'`,;)@#");

    // Folders that programs write to or read from; no organization of the hub that publishes models has one of these names.
    private static readonly FrozenSet<string> Folders = Set(
        "output outputs out checkpoint checkpoints models model data results runs tmp temp cache saved saves weights ckpt ckpts artifacts build dist "
            + "path your-org your-username your_username username user organization namespace owner assets static public src lib bin test tests "
            + "dataset datasets exp experiments logs log pretrained pretrained_models mnt home root opt var content workspace local api api-inference "
            + "docs spaces papers blog settings block item entity textures"
    );

    // Services that run models for others and give them names of this form.
    private static readonly FrozenSet<string> Services = Set(
        "anthropic azure azure_ai bedrock vertex_ai gemini groq openrouter cohere replicate together_ai fireworks_ai perplexity x-ai xai deepinfra "
            + "sagemaker cerebras ollama ollama_chat huggingface hosted_vllm openai_like litellm_proxy voyage ai21 deepseek watsonx "
            + "text-completion-openai github github_copilot custom_openai lm_studio nvidia_nim sambanova moonshot dashscope"
    );

    // Works from before there were organizations, which the hub knows by these names still.
    private static readonly FrozenSet<string> Oldest = Set(
        "bert-base-uncased bert-base-cased bert-large-uncased bert-large-cased bert-base-multilingual-cased bert-base-multilingual-uncased "
            + "bert-base-chinese bert-base-german-cased distilbert-base-uncased distilbert-base-cased distilbert-base-multilingual-cased "
            + "distilbert-base-uncased-finetuned-sst-2-english roberta-base roberta-large roberta-large-mnli distilroberta-base xlm-roberta-base "
            + "xlm-roberta-large gpt2 gpt2-medium gpt2-large gpt2-xl distilgpt2 openai-gpt t5-small t5-base t5-large t5-3b t5-11b albert-base-v2 "
            + "albert-large-v2 xlnet-base-cased xlnet-large-cased camembert-base"
    );

    // sentence-transformers adds its organization to the names of its own works.
    private static readonly string[] Sentences =
    [
        "all-MiniLM-",
        "all-mpnet-",
        "all-distilroberta-",
        "all-roberta-",
        "multi-qa-",
        "paraphrase-",
        "msmarco-",
        "distiluse-base-",
        "gtr-t5-",
        "sentence-t5-",
        "clip-ViT-",
        "LaBSE",
    ];

    /// <summary><c>org/name</c>, without the address of the hub before it and a quantization behind; null for all else, such as a path.</summary>
    public static string? Hub(string text)
    {
        if (text.Length > LongestName)
        {
            return null;
        }
        var value = text.Trim();
        var colon = value.LastIndexOf(':');
        if (colon > 0 && !value.AsSpan(colon).Contains('/'))
        {
            value = value[..colon];
        }
        var (name, form) = HubName.Parse(value);
        return form == HubNameForm.Full && !IsFolder(name) && !IsFile(name) ? name : null;
    }

    /// <summary><c>org/name</c>, or one of the few names of models without organization that the hub has.</summary>
    public static string? HubOrOldest(string text) => Hub(text) ?? (Oldest.Contains(text) ? text : null);

    /// <summary><c>org/name</c>; what sentence-transformers made itself gets its organization.</summary>
    public static string? Sentence(string text) =>
        Hub(text)
        ?? (
            Sentences.Any(s => text.StartsWith(s, StringComparison.Ordinal)) && OllamaName().IsMatch(text)
                ? $"sentence-transformers/{text}"
                : null
        );

    /// <summary><c>org/name</c> where it stands for a model although nothing loads it: a name of a service that runs models is none.</summary>
    public static string? Unloaded(string text) => Hub(text) is { } name && !IsService(name) ? name : null;

    /// <summary>A name as Ollama has it: a bare one, one with a namespace, or one on the hub.</summary>
    public static string? Ollama(string text) =>
        text.Length > LongestName ? null
        : text.StartsWith("hf.co/", StringComparison.OrdinalIgnoreCase) || text.StartsWith(HubAddress, StringComparison.OrdinalIgnoreCase)
            ? Hub(text)
        : OllamaName().IsMatch(text) && !IsHosted(text) && !IsFolder(text) && !IsFile(text) ? text
        : null;

    /// <summary>A name as LiteLLM has it, after its provider: Ollama's, or the hub's. Other providers' models are none of these.</summary>
    public static string? Provided(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? null
            : text[..slash] switch
            {
                "ollama" or "ollama_chat" => Ollama(text[(slash + 1)..]),
                "huggingface" or "hosted_vllm" or "vllm" => Hub(text[(slash + 1)..]),
                _ => null,
            };
    }

    /// <summary>The work that an address of a file on the hub, or one that is cloned, belongs to.</summary>
    /// <param name="text">The address; what stands before it, such as <c>git+</c>, is passed over.</param>
    /// <param name="whole">True where the work as a whole is fetched; else the address has to be one of a file.</param>
    public static (string? Name, string Kind) Address(string text, bool whole)
    {
        var at = text.Length > 2000 ? -1 : text.IndexOf(HubAddress, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || (!whole && !text.Contains("/resolve/", StringComparison.Ordinal)))
        {
            return (null, OfModel);
        }
        var rest = text[at..];
        var end = rest.AsSpan().IndexOfAny(AddressEnds);
        rest = end < 0 ? rest : rest[..end];
        rest = rest.EndsWith(".git", StringComparison.Ordinal) ? rest[..^4] : rest;
        var isData = rest.AsSpan(HubAddress.Length).StartsWith("datasets/", StringComparison.OrdinalIgnoreCase);
        return (Hub(rest), isData ? OfDataset : OfModel);
    }

    /// <summary>True for a model that only its maker runs.</summary>
    public static bool IsHosted(string text) => HostedName().IsMatch(text);

    private static bool IsService(string name) => Services.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)]) || IsHosted(name);

    private static bool IsFolder(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && Folders.Contains(name[..slash]);

    private static bool IsFile(string name) => FileName().IsMatch(name);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^[A-Za-z0-9][A-Za-z0-9_.-]{0,95}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,95})?(:[A-Za-z0-9][A-Za-z0-9_.-]{0,95})?\z",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex OllamaName();

    [GeneratedRegex(
        @"^((openai|azure|google|anthropic)/)?(gpt-[345]|gpt-image|chatgpt|o[134](-|\z)|text-embedding-|text-davinci|dall-e|claude|gemini|tts-|whisper-1\z)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex HostedName();

    [GeneratedRegex(
        @"\.(gguf|ggml|bin|pt|pth|ckpt|safetensors|onnx|h5|keras|tflite|json|jsonl|csv|tsv|parquet|txt|md|ya?ml|toml|py|js|ts|cs|sh|glb|gltf|obj|fbx|stl|png|jpe?g|zip|gz|tar|whl|html?|xml|pkl|npz?|joblib|engine)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex FileName();
}
