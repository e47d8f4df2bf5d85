namespace Entail.Tests;

/// <summary>What pages for people show is what a newcomer gets.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Every_command_in_the_readme_prints_what_stands_below_it()
    {
        var transcripts = Transcript.In("README.md");
        Assert.NotEmpty(transcripts);
        Assert.All(transcripts, transcript => transcript.Check(Repository.Root));
    }

    // The text it changes is another's and not checked in.
    [Fact]
    public void So_does_the_command_on_the_page_about_identifying()
    {
        using var folder = new Folder();
        File.Copy(Path.Combine(Shared.RequireTexts(), "deepseek-la-1.0.txt"), Path.Combine(folder.Path, "LICENSE-MODEL"));
        Assert.Single(Transcript.In("docs/identify.md")).Check(folder.Path);
    }
}
