using System.Collections.Frozen;

namespace Entail.Core.Read.Sources;

/// <summary>A function or class of a library that is handed the id of a model or dataset.</summary>
/// <param name="Keys">The names of the parameter that takes it.</param>
/// <param name="Place">Its place among the parameters without a name; -1 for none.</param>
/// <param name="Name">Reads the id; null for what is none.</param>
/// <param name="Kind">model or dataset.</param>
internal sealed record Loader(string[] Keys, int Place, Func<string, string?> Name, string Kind = SourceNames.OfModel)
{
    private static readonly string[] Model = ["model"];
    private static readonly string[] ModelName = ["model_name", "model", "model_name_or_path", "model_id"];
    private static readonly string[] Repository = ["repo_id"];

    /// <summary>The parameters that stand for a model wherever they have a default.</summary>
    public static readonly FrozenSet<string> Parameters =
        "model model_id model_name model_name_or_path base_model base_model_name base_model_id pretrained_model_name_or_path model_path model_repo hf_model hf_model_id hf_model_name llm_model embedding_model embedding_model_name embed_model reranker_model rerank_model default_model chat_model"
            .Split(' ')
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What Python calls, by the name that is called.</summary>
    public static readonly FrozenDictionary<string, Loader> Python = Table(
        (
            "from_pretrained",
            new(["pretrained_model_name_or_path", "model_name", "model_id", "repo_id", "model_name_or_path"], 0, SourceNames.HubOrOldest)
        ),
        ("pipeline", new(Model, 1, SourceNames.HubOrOldest)),
        ("SentenceTransformer SparseEncoder SentenceTransformerEmbeddings", new(ModelName, 0, SourceNames.Sentence)),
        (
            "CrossEncoder FlagModel BGEM3FlagModel FlagReranker FlagLLMReranker FlagLLMModel TextEmbedding TextCrossEncoder",
            new(ModelName, 0, SourceNames.Hub)
        ),
        ("LLM AsyncEngineArgs EngineArgs InferenceClient AsyncInferenceClient", new(Model, 0, SourceNames.Hub)),
        ("Engine Runtime", new(["model_path"], -1, SourceNames.Hub)),
        ("snapshot_download hf_hub_download", new(Repository, 0, SourceNames.Hub)),
        ("load_lora_weights", new(["pretrained_model_name_or_path_or_dict"], 0, SourceNames.Hub)),
        ("ChatOllama OllamaLLM Ollama", new(Model, -1, SourceNames.Ollama)),
        ("OllamaEmbeddings OllamaEmbedding", new(ModelName, -1, SourceNames.Ollama)),
        (
            "HuggingFaceEmbeddings HuggingFaceEmbedding HuggingFaceBgeEmbeddings HuggingFaceInstructEmbeddings HuggingFaceLLM HuggingFaceCrossEncoder",
            new(ModelName, -1, SourceNames.Sentence)
        ),
        ("HuggingFaceEndpoint HuggingFaceHub", new(["repo_id", "model"], -1, SourceNames.Hub)),
        ("from_model_id", new(["model_id"], 0, SourceNames.Hub)),
        ("load_model WhisperModel", new(["name", "model_size_or_path"], 0, SourceNames.Hub)),
        ("completion acompletion embedding aembedding", new(Model, 0, SourceNames.Provided)),
        ("load_dataset load_dataset_builder", new(["path"], 0, SourceNames.Hub, SourceNames.OfDataset))
    );

    /// <summary>What Ollama's own client has, by the name that is called.</summary>
    public static readonly FrozenDictionary<string, Loader> OllamaClient = Table(
        ("chat generate pull embed embeddings show", new(Model, 0, SourceNames.Ollama))
    );

    /// <summary>What the libraries of MLX have, by the name that is called.</summary>
    public static readonly FrozenDictionary<string, Loader> Mlx = Table(("load", new(["path_or_hf_repo"], 0, SourceNames.Hub)));

    /// <summary>The argument that takes the id; null where it is not given.</summary>
    /// <param name="arguments">The arguments of the call.</param>
    public Argument? Of(IReadOnlyList<Argument> arguments)
    {
        foreach (var argument in arguments.Where(a => a.Name is not null && Keys.Contains(a.Name)))
        {
            return argument;
        }
        return Place >= 0 && Place < arguments.Count && arguments.Take(Place + 1).All(a => a.Name is null) ? arguments[Place] : null;
    }

    private static FrozenDictionary<string, Loader> Table(params (string Names, Loader Loader)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => (Name: n, r.Loader)))
            .ToFrozenDictionary(r => r.Name, r => r.Loader, StringComparer.Ordinal);
}
