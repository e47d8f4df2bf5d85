using System.Text;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Tests.Read;

/// <summary>Folders, stores and records in which one file is broken: reading comes to an end, and what is wrong is a problem.</summary>
public sealed class FolderFuzzTests
{
    public static TheoryData<string, string> Files =>
        new()
        {
            {
                "README.md",
                "---\nlicense: [mit, other]\nlicense_name: x\nbase_model: [a/b, c/d]\nbase_model_relation: merge\ndatasets: [e/f]\ntags: ['license:mit']\n---\n# Title\n\n## License\n\nThe weights are under MIT.\n"
            },
            { "adapter_config.json", """{"base_model_name_or_path": "a/b", "peft_type": "LORA", "r": 8}""" },
            { "config.json", """{"_name_or_path": "a/b", "quantization_config": {"bits": 4}, "x": [1.5, NaN, null]}""" },
            { "quantize_config.json", """{"bits": 4, "model_name_or_path": "a/b"}""" },
            { "model_index.json", """{"_class_name": "P", "vae": ["diffusers", "Vae"], "unet": ["diffusers", "U"], "x": [null, null]}""" },
            { "modules.json", """[{"idx": 0, "name": "0", "path": "vae", "type": "t"}, {"idx": 1, "path": ""}]""" },
            { "vae/config.json", """{"_name_or_path": "a/b"}""" },
            { "mergekit_config.yml", "models:\n- model: a/b\n- model: c/d+e/f\nslices: [{sources: [{model: g/h}]}]\nbase_model: i/j\n" },
            { "Modelfile", "FROM a/b\nLICENSE \"\"\"\nwords\n\"\"\"\n" },
            { "NOTICE", "Copyright (c) 2026 acme\nModified from a/b on 2026-01-01.\n" },
            {
                "entail.yaml",
                "works:\n- {id: x, path: ., licenses: {weights: mit}, made-from: [{work: a/b, act: merge}]}\nship: {work: x, acts: [host], terms: NOTICE}\nfacts: {commercial: true}\npolicy: {deny: [mit], suppress: [{code: license-unknown, reason: y}]}\n"
            },
        };

    [Theory, MemberData(nameof(Files))]
    public void A_broken_file_breaks_no_folder(string file, string seed)
    {
        using var folder = new TemporaryFolder()
            .With("README.md", "---\nlicense: mit\n---\n")
            .With("vae/config.json", "{}")
            .With("model_index.json", """{"vae": ["d", "V"]}""")
            .With("NOTICE", "by us");

        Fuzzing.Run(
            file,
            [Encoding.UTF8.GetBytes(seed)],
            bytes =>
            {
                folder.With(file, bytes);
                FolderReader.Read(folder.Root);
                ConfigurationReader.Read(folder.Path("entail.yaml"), Repository.Catalog.Taxonomy);
            }
        );
    }

    [Fact]
    public void A_broken_manifest_breaks_no_store()
    {
        var digest = new string('a', 64);
        using var folder = new TemporaryFolder("models")
            .With($"blobs/sha256-{digest}", "words")
            .With(
                "manifests/registry.ollama.ai/library/oak/latest",
                $$"""{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:{{digest}}"}]}"""
            );
        const string Broken = "manifests/registry.ollama.ai/acme/pine/latest";
        folder.With(Broken, "{}");
        var seed =
            $$"""{"schemaVersion": 2, "layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:{{digest}}", "size": 5}, {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:{{digest}}"}]}""";

        Fuzzing.Run(
            "ollama manifest",
            [Encoding.UTF8.GetBytes(seed)],
            bytes =>
            {
                folder.With(Broken, bytes);
                foreach (var work in StoredWork.At(folder.Root, []))
                {
                    work.Read();
                }
            }
        );
    }

    [Fact]
    public void Broken_records_break_no_snapshot()
    {
        using var folder = new TemporaryFolder();
        const string Seed =
            """[{"id":"a/b","tags":["license:mit","base_model:finetune:c/d"],"cardData":{"license":["mit"],"base_model":["c/d"]}},{"modelId":"c/d"}]""";

        Fuzzing.Run(
            "hub records",
            [Encoding.UTF8.GetBytes(Seed), Encoding.UTF8.GetBytes(Seed[1..^1].Replace("},{", "}\n{", StringComparison.Ordinal))],
            bytes =>
            {
                folder.With("hub.json", bytes);
                var snapshot = HubSnapshot.Read(folder.Path("hub.json"));
                snapshot.Find("a/b");
                snapshot.Find("c/d");
            }
        );
    }
}
