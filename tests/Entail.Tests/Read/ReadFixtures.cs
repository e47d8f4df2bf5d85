using System.Collections.Immutable;
using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>A folder that exists while a test runs.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string name = "my-model-7b")
    {
        Parent = Directory.CreateTempSubdirectory("entail-").FullName;
        Root = Directory.CreateDirectory(System.IO.Path.Combine(Parent, name)).FullName;
    }

    /// <summary>The folder around it, where links may point to.</summary>
    public string Parent { get; }

    public string Root { get; }

    public string Path(string file) => System.IO.Path.Combine(Root, file);

    public TemporaryFolder With(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(file))!);
        File.WriteAllText(Path(file), text);
        return this;
    }

    public TemporaryFolder With(string file, byte[] bytes)
    {
        File.WriteAllBytes(Path(file), bytes);
        return this;
    }

    public TemporaryFolder Card(string metadata, string body = "") => With("README.md", $"---\n{metadata}\n---\n{body}");

    public FolderReading Read() => FolderReader.Read(Root);

    public void Dispose() => Directory.Delete(Parent, recursive: true);
}

internal static class ReadFixtures
{
    public static string[] Values(this IEnumerable<(Part Part, Claim Claim)> licenses) =>
        [.. licenses.Select(l => $"{Kebab.Of(l.Part)}: {l.Claim.Value}")];

    public static string[] Lines(this IEnumerable<DeclaredStep> steps) =>
        [.. steps.Select(s => $"{s.Act.Name()} {s.Work}{(s.Inferred ? " (inferred)" : "")}")];

    /// <summary>Code, file and line of each problem; both messages must be there.</summary>
    public static string[] Places(this IEnumerable<ReadProblem> problems) =>
        [
            .. problems.Select(p =>
            {
                Assert.NotEqual("", p.Message.En);
                Assert.NotEqual("", p.Message.Zh);
                return $"{p.Code} {p.Evidence.File}{(p.Evidence.Line is { } line ? $":{line}" : "")}";
            }),
        ];
}
