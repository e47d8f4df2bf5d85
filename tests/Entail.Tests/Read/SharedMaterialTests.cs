using System.IO.Compression;
using System.Text.RegularExpressions;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>Real cards and records, where they are at hand: nothing throws, and what is declared is found.</summary>
public sealed partial class SharedMaterialTests
{
    [Fact]
    public void Every_card_is_read_and_its_license_found()
    {
        var cards = Directory.GetDirectories(Find("shared/hub/cards"));
        Assert.NotEmpty(cards);
        foreach (var card in cards)
        {
            var read = FolderReader.Read(card);

            Assert.True(read.Card is not null, card);
            var metadata = Metadata().Match(read.Card!.Text).Value;
            var declared = License().Match(metadata);
            Assert.True(declared.Success == (read.Licenses.Length > 0), card);
            if (declared.Success)
            {
                var claim = Assert.Single(read.Licenses).Claim;
                Assert.Equal(declared.Groups["id"].Value, claim.Value);
                Assert.Equal($"license: {claim.Value}", read.Card.Text.Split('\n')[claim.Evidence.Line!.Value - 1].Trim());
            }
            Assert.Equal(
                Base().IsMatch(metadata),
                read.Steps.Any(s => s.Evidence.Pointer!.StartsWith("base_model", StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public void Every_record_is_read()
    {
        using var file = File.OpenRead(Path.Combine(Find("shared/hub"), "models-3988.json.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));

        var read = HubRecordReader.Read(text.ReadToEnd());

        Assert.Equal(3988, read.Works.Length);
        Assert.Empty(read.Problems);
        Assert.Equal(228, read.Works.Sum(w => w.Steps.Count(s => s.Act != Core.Model.Act.TrainOnData)));
    }

    [Fact]
    public void Every_dispute_is_read()
    {
        foreach (var file in Directory.GetFiles(Find("shared/acceptance/dev/disputes")))
        {
            var text = File.ReadAllText(file);
            var read = file.EndsWith(".json", StringComparison.Ordinal)
                ? HubRecordReader.Read(text)
                : ConfigurationReader.Parse(text, "entail.yaml", Repository.Catalog.Taxonomy);

            Assert.True(read.Problems.IsEmpty, $"{file}: {read.Problems.FirstOrDefault()}");
            Assert.NotEmpty(read.Works);
        }
    }

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, path);
            if (Directory.Exists(found))
            {
                return found;
            }
        }
        Assert.Skip($"no folder {path} above the tests");
        return "";
    }

    [GeneratedRegex(@"\A---\r?\n.*?\n---", RegexOptions.Singleline)]
    private static partial Regex Metadata();

    [GeneratedRegex(@"^license: *(?<id>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex License();

    [GeneratedRegex(@"^base_model:( *[^\s\[]|\s*\n *- )", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Base();
}
