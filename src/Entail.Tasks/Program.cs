using Entail.Core.Identify;

return args switch
{
    ["words", var file] => Words(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: tasks words FILE    the text with the index of the first normalized word of each sentence");
    return 3;
}

// For those who encode a license: where each sentence begins, counted in normalized words.
static int Words(string file)
{
    var text = File.ReadAllText(file);
    var words = Normalization.Words(text);
    var line = 0;
    for (var i = 0; i < words.Count; i++)
    {
        var word = words[i];
        var newLine = word.Line != line;
        if (newLine || text.AsSpan(0, word.Offset).TrimEnd("\"'“‘( ") is [.., '.' or ';' or ':' or '!' or '?'])
        {
            Console.Write(newLine ? $"\n{word.Line, 5} [{i}] " : $"\n      [{i}] ");
            line = word.Line;
        }
        var end = i + 1 < words.Count ? words[i + 1].Offset : text.Length;
        Console.Write(text[word.Offset..end].Split('\n')[0]);
    }
    Console.WriteLine($"\n({words.Count} words, normalization {Normalization.Version})");
    return 0;
}
