using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>What the configuration of a training program trains, and on what: axolotl, LLaMA-Factory, and TRL and the recipes around it.</summary>
internal static class TrainingSettings
{
    private static readonly string[] AxolotlSigns =
    [
        "datasets",
        "adapter",
        "micro_batch_size",
        "pretraining_dataset",
        "sequence_len",
        "val_set_size",
    ];
    private static readonly string[] AxolotlData = ["datasets", "test_datasets", "pretraining_dataset"];
    private static readonly string[] TrainingSigns =
    [
        "dataset_name",
        "dataset_mixer",
        "dataset_mixture",
        "learning_rate",
        "num_train_epochs",
        "max_steps",
        "per_device_train_batch_size",
    ];

    /// <summary>Reads a configuration; false where it is of none of these programs.</summary>
    /// <param name="map">The configuration.</param>
    /// <param name="uses">Receives the uses.</param>
    public static bool Read(YamlValue.Map map, FoundUses uses)
    {
        if (map["base_model"] is YamlValue.Scalar trained && AxolotlSigns.Any(s => map[s] is not null))
        {
            var act = Word(map, "adapter") is "lora" or "qlora" ? Act.Adapt : Act.FineTune;
            Add(trained, act, "base_model", uses);
            foreach (var key in AxolotlData)
            {
                Data(map[key], key, uses);
            }
            return true;
        }
        if (map["model_name_or_path"] is not YamlValue.Scalar model)
        {
            return false;
        }
        if (map["stage"] is not null || map["finetuning_type"] is not null)
        {
            var trains = Flag(map, "do_train") ?? (map["dataset"] is not null && map["export_dir"] is null);
            Add(
                model,
                !trains ? Act.Run
                    : Word(map, "finetuning_type") == "lora" ? Act.Adapt
                    : Act.FineTune,
                "model_name_or_path",
                uses
            );
            Adapter(map, uses);
            return true;
        }
        if (!TrainingSigns.Any(s => map[s] is not null))
        {
            Add(model, Act.Run, "model_name_or_path", uses);
            Adapter(map, uses);
            return true;
        }
        Add(model, Flag(map, "use_peft") == true ? Act.Adapt : Act.FineTune, "model_name_or_path", uses);
        Data(map["dataset_name"], "dataset_name", uses);
        foreach (var (name, _) in map["dataset_mixer"] is YamlValue.Map mixer ? mixer.Entries : [])
        {
            Add(name, Act.TrainOnData, "dataset_mixer", uses);
        }
        Data((map["dataset_mixture"] as YamlValue.Map)?["datasets"], "dataset_mixture", uses);
        return true;
    }

    private static void Adapter(YamlValue.Map map, FoundUses uses)
    {
        if (map["adapter_name_or_path"] is YamlValue.Scalar adapter)
        {
            Add(adapter, Act.Run, "adapter_name_or_path", uses);
        }
    }

    // A name, or a list of names, or of mappings that give it as `path` or `id`.
    private static void Data(YamlValue? value, string pointer, FoundUses uses)
    {
        foreach (var item in value is YamlValue.List list ? list.Items : [.. new[] { value }.OfType<YamlValue>()])
        {
            if ((item is YamlValue.Map map ? map["path"] ?? map["id"] : item) is YamlValue.Scalar name)
            {
                Add(name, Act.TrainOnData, pointer, uses);
            }
        }
    }

    private static void Add(YamlValue.Scalar name, Act act, string pointer, FoundUses uses) =>
        uses.Add(SourceNames.Hub(name.Text), act, pointer, name.Line, act == Act.TrainOnData ? SourceNames.OfDataset : SourceNames.OfModel);

    private static string? Word(YamlValue.Map map, string key) => (map[key] as YamlValue.Scalar)?.Text;

    private static bool? Flag(YamlValue.Map map, string key) => map[key]?.AsFlag();
}
