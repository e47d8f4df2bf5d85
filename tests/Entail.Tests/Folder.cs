namespace Entail.Tests;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo made = Directory.CreateTempSubdirectory("entail-test-");

    public Folder(string name = "work") => Path = made.CreateSubdirectory(name).FullName;

    public string Path { get; }

    /// <summary>Writes a text file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => made.Delete(recursive: true);
}
