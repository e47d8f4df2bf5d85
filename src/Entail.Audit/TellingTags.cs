using System.Buffers;
using System.Text;
using Entail.Core.Read;

namespace Entail.Audit;

/// <summary>The tags of a record that tell anything, and the key they make, in memory that the next record takes over.</summary>
internal sealed class TellingTags
{
    private readonly ArrayBufferWriter<char> text = new();
    private readonly List<Range> tags = [];

    /// <summary>The key.</summary>
    public ArrayBufferWriter<char> Key { get; } = new();

    /// <summary>How many tags there are.</summary>
    public int Count => tags.Count;

    /// <summary>A tag.</summary>
    public ReadOnlySpan<char> this[int index] => text.WrittenSpan[tags[index]];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        text.ResetWrittenCount();
        tags.Clear();
        Key.ResetWrittenCount();
    }

    /// <summary>Takes a tag that tells something; others are dropped.</summary>
    public void Add(ReadOnlySpan<byte> tag)
    {
        if (Declaration.Matters(tag))
        {
            var start = text.WrittenCount;
            Encoding.UTF8.GetChars(tag, text);
            tags.Add(start..text.WrittenCount);
        }
    }

    /// <summary>True where the tag is there.</summary>
    public bool Contains(string tag)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].SequenceEqual(tag))
            {
                return true;
            }
        }
        return false;
    }
}
