using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entail.Core.Model;
using Entail.Core.Read.Stores;

namespace Entail.Tests.Read.Stores;

/// <summary>What an Ollama store says of its models: license layers, the header of the weights, and who shares both.</summary>
public sealed class OllamaStoreTests
{
    [Fact]
    public void Models_go_by_the_names_their_user_knows()
    {
        using var store = new Made()
            .Model("registry.ollama.ai/library/pine/3b", ("model", "w"))
            .Model("registry.ollama.ai/acme/pine/latest", ("model", "w"))
            .Model("hf.co/acme/pine-GGUF/Q4_K_M", ("model", "v"));

        Assert.Equal(["acme/pine:latest", "hf.co/acme/pine-GGUF:Q4_K_M", "pine:3b"], store.Works().Select(w => w.Name));
    }

    [Fact]
    public void A_license_layer_is_a_license_file_of_the_model()
    {
        using var store = new Made().Model(
            "registry.ollama.ai/library/pine/3b",
            ("model", "w"),
            ("license", "the words"),
            ("system", "be kind")
        );

        var read = store.Read("pine:3b");

        var text = Assert.Single(read.Terms);
        Assert.Equal(("the words", TermsKind.LicenseFile, Made.FileOf("the words")), (text.Text, text.Kind, text.File));
        Assert.Equal([Made.FileOf("the words")], read.LicenseFiles.Select(f => f.File));
        Assert.Empty(read.Steps);
    }

    [Fact]
    public void A_model_with_the_weights_of_one_of_the_library_was_made_from_that_and_its_license_is_known_by_its_layer()
    {
        using var store = new Made()
            .Model("registry.ollama.ai/library/pine/3b", ("model", "w"), ("license", "the words"))
            .Model("registry.ollama.ai/library/pine/latest", ("model", "w"), ("license", "the words"))
            .Model("registry.ollama.ai/acme/seller/latest", ("model", "w"), ("system", "sell shoes"))
            .Model("registry.ollama.ai/acme/tuned/latest", ("model", "w"), ("adapter", "lora"), ("license", "the words"));

        var seller = store.Read("acme/seller:latest");
        var tuned = store.Read("acme/tuned:latest");

        Assert.Equal(["copy pine:3b (inferred)"], seller.Steps.Lines());
        Assert.Equal(["pine:3b"], seller.Terms.Select(t => t.Work));
        Assert.Equal(["adapt pine:3b (inferred)"], tuned.Steps.Lines());
        Assert.Equal([null, "pine:3b"], tuned.Terms.Select(t => t.Work));
        Assert.Empty(store.Read("pine:3b").Steps); // two tags of one model are one work
    }

    [Theory]
    [InlineData("sha256:../../../etc/passwd")]
    [InlineData("sha256:AB")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("")]
    public void A_digest_that_is_none_never_becomes_a_path(string digest)
    {
        using var store = new Made().Manifest(
            "registry.ollama.ai/library/pine/3b",
            $$"""{"layers": [{"mediaType": "application/vnd.ollama.image.license", "digest": "{{digest}}"}]}"""
        );

        var read = store.Read("pine:3b");

        Assert.Empty(read.Terms);
        Assert.Equal("metadata-invalid", Assert.Single(read.Problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"layers": {"a": 1}}""")]
    [InlineData("""{"layers": [1, null, "x", {}]}""")]
    [InlineData("""{"layers": [], "layers": [{}]}""")]
    public void A_manifest_that_is_none_leaves_a_model_of_which_nothing_is_known(string json)
    {
        using var store = new Made().Manifest("registry.ollama.ai/library/pine/3b", json);

        Assert.Equal("pine:3b", store.Read("pine:3b").Name);
    }

    [Fact]
    public void A_blob_that_is_missing_or_leads_outside_is_a_problem()
    {
        using var store = new Made().Model("registry.ollama.ai/library/pine/3b", ("license", "the words"), ("model", "w"));
        File.Delete(store.Path(Made.FileOf("the words")));
        File.Delete(store.Path(Made.FileOf("w")));
        File.CreateSymbolicLink(store.Path(Made.FileOf("w")), "/etc/hostname");

        Assert.Equal(["file-unreadable", "file-unreadable"], store.Read("pine:3b").Problems.Select(p => p.Code));
    }

    [Fact]
    public void Weights_of_a_terabyte_cost_their_header()
    {
        using var store = new Made().Model("registry.ollama.ai/library/pine/3b", ("model", "w"));
        using (var blob = new FileStream(store.Path(Made.FileOf("w")), FileMode.Open))
        {
            blob.SetLength(1L << 40);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();

        store.Read("pine:3b");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void A_thousand_models_are_listed_without_a_look_at_their_blobs()
    {
        using var store = new Made();
        for (var i = 0; i < 1000; i++)
        {
            store.Manifest($"registry.ollama.ai/library/pine{i}/latest", "{}");
        }

        Assert.Equal(1000, store.Works().Count());
    }

    private sealed class Made : IDisposable
    {
        private readonly Folder folder = new("models");

        public Made()
        {
            Directory.CreateDirectory(Path("manifests"));
            Directory.CreateDirectory(Path("blobs"));
        }

        public string Path(string file) => System.IO.Path.Combine(folder.Path, file);

        public static string FileOf(string content) =>
            $"blobs/sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

        public Made Model(string name, params (string Kind, string Content)[] layers)
        {
            foreach (var (_, content) in layers)
            {
                folder.Write(FileOf(content), content);
            }
            return Manifest(
                name,
                JsonSerializer.Serialize(
                    new
                    {
                        schemaVersion = 2,
                        layers = layers.Select(l => new
                        {
                            mediaType = $"application/vnd.ollama.image.{l.Kind}",
                            digest = FileOf(l.Content)["blobs/".Length..].Replace('-', ':'),
                            size = l.Content.Length,
                        }),
                    }
                )
            );
        }

        public Made Manifest(string name, string json)
        {
            folder.Write($"manifests/{name}", json);
            return this;
        }

        public IEnumerable<StoredWork> Works() => StoredWork.At(folder.Path, []);

        public FolderReading Read(string name)
        {
            var read = Works().Single(w => w.Name == name).Read();
            // Contents of these blobs are words, no weights.
            return read with { Problems = read.Problems.RemoveAll(p => p.Message.En.Contains("GGUF", StringComparison.Ordinal)) };
        }

        public void Dispose() => folder.Dispose();
    }
}
