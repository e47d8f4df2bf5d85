using Entail.Core.Read.Stores;

namespace Entail.Tests.Read.Stores;

/// <summary>The cache of the Hugging Face client: repositories by their names on the hub, read at the revision that main names.</summary>
public sealed class HubCacheTests
{
    [Fact]
    public void A_cache_lists_its_repositories_by_their_names_and_reads_the_snapshot_of_main()
    {
        using var hub = new Folder("hub");
        Repository(hub, "models--acme--pine-7b", "aaa", "license: mit");
        Repository(hub, "models--acme--pine-7b", "bbb", "license: apache-2.0");
        Repository(hub, "models--gpt2", "ccc", "license: mit");
        Repository(hub, "datasets--acme--needles", "ddd", "license: cc-by-4.0");
        hub.Write("models--acme--pine-7b/refs/main", "bbb");

        var works = StoredWork.At(hub.Path, []);

        Assert.Equal(["acme/needles", "acme/pine-7b", "gpt2"], works.Select(w => w.Name));
        Assert.Equal(
            ["dataset acme/needles data: cc-by-4.0", "model acme/pine-7b weights: apache-2.0", "model gpt2 weights: mit"],
            works.Select(Shown)
        );
    }

    [Fact]
    public void One_repository_and_one_snapshot_bear_the_same_name()
    {
        using var hub = new Folder("hub");
        Repository(hub, "models--acme--pine-7b", "aaa", "license: mit");

        var repository = System.IO.Path.Combine(hub.Path, "models--acme--pine-7b");

        Assert.Equal("acme/pine-7b", Assert.Single(StoredWork.At(repository, [])).Name);
        Assert.Equal("acme/pine-7b", Assert.Single(StoredWork.At(System.IO.Path.Combine(repository, "snapshots", "aaa"), [])).Read().Name);
    }

    [Theory]
    [InlineData("../../../outside")]
    [InlineData("nothing")]
    [InlineData("")]
    public void A_ref_that_leads_elsewhere_is_passed_over_for_the_last_snapshot(string main)
    {
        using var hub = new Folder("hub");
        Repository(hub, "models--acme--pine-7b", "aaa", "license: mit");
        hub.Write("../outside/README.md", "---\nlicense: gpl-3.0\n---\n");
        hub.Write("models--acme--pine-7b/refs/main", main);

        Assert.Equal("model acme/pine-7b weights: mit", Shown(Assert.Single(StoredWork.At(hub.Path, []))));
    }

    [Fact]
    public void A_repository_without_a_snapshot_is_a_problem_and_the_others_are_read()
    {
        using var hub = new Folder("hub");
        Repository(hub, "models--acme--pine-7b", "aaa", "license: mit");
        Directory.CreateDirectory(System.IO.Path.Combine(hub.Path, "models--acme--oak-7b", "snapshots"));
        var problems = new List<Entail.Core.Model.ReadProblem>();

        Assert.Equal(["acme/pine-7b"], StoredWork.At(hub.Path, problems).Select(w => w.Name));
        Assert.Equal(["file-unreadable models--acme--oak-7b"], problems.Places());
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        using var hub = new Folder("hub");
        Repository(hub, "models--acme--pine-7b", "aaa", "license: mit");
        var snapshot = System.IO.Path.Combine(hub.Path, "models--acme--pine-7b", "snapshots", "aaa");
        File.CreateSymbolicLink(System.IO.Path.Combine(snapshot, "LICENSE"), "LICENSE");
        Directory.CreateSymbolicLink(System.IO.Path.Combine(snapshot, "src"), "..");

        var read = Assert.Single(StoredWork.At(hub.Path, [])).Read();

        Assert.Equal(["file-unreadable LICENSE"], read.Problems.Places());
    }

    private static string Shown(StoredWork work)
    {
        var read = work.Read();
        return $"{read.Kind} {read.Name} {string.Join(", ", read.Licenses.Values())}";
    }

    private static void Repository(Folder hub, string name, string revision, string metadata)
    {
        hub.Write($"{name}/snapshots/{revision}/README.md", $"---\n{metadata}\n---\n");
        Directory.CreateDirectory(System.IO.Path.Combine(hub.Path, name, "blobs"));
    }
}
