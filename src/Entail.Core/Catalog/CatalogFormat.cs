using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Catalog;

/// <summary>
/// The compiled form of the catalog: a header with the words and the names of everything, then one block for each license, read when it is asked for.
/// Strings are UTF-8 with their length; lists begin with their count.
/// </summary>
internal static class CatalogFormat
{
    public static readonly byte[] Magic = "ENTAIL-CATALOG-5"u8.ToArray();

    public static void Write(this BinaryWriter to, Text text)
    {
        to.Write(text.En);
        to.Write(text.Zh);
    }

    public static Text ReadText(this BinaryReader from) => new(from.ReadString(), from.ReadString());

    public static void WriteOptional(this BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        if (text is not null)
        {
            to.Write(text);
        }
    }

    public static void WriteOptional(this BinaryWriter to, Text? text)
    {
        to.Write(text is not null);
        if (text is not null)
        {
            to.Write(text);
        }
    }

    public static Text? ReadOptionalText(this BinaryReader from) => from.ReadBoolean() ? from.ReadText() : null;

    public static string? ReadOptional(this BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;

    public static void Write(this BinaryWriter to, DateOnly? date) =>
        to.WriteOptional(date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static DateOnly? ReadDate(this BinaryReader from) =>
        from.ReadOptional() is { } date ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public static void WriteList<T>(this BinaryWriter to, IReadOnlyCollection<T> items, Action<T> write)
    {
        to.Write7BitEncodedInt(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }

    public static ImmutableArray<T> ReadList<T>(this BinaryReader from, Func<T> read)
    {
        var count = from.Read7BitEncodedInt();
        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++)
        {
            items.Add(read());
        }
        return items.MoveToImmutable();
    }

    public static void WriteEnums<T>(this BinaryWriter to, ImmutableArray<T> values)
        where T : struct, Enum => to.WriteList(values, v => to.Write(Convert.ToByte(v, CultureInfo.InvariantCulture)));

    public static ImmutableArray<T> ReadEnums<T>(this BinaryReader from)
        where T : struct, Enum => from.ReadList(() => from.ReadEnum<T>());

    public static void WriteEnum<T>(this BinaryWriter to, T value)
        where T : struct, Enum => to.Write(Convert.ToByte(value, CultureInfo.InvariantCulture));

    public static T ReadEnum<T>(this BinaryReader from)
        where T : struct, Enum => (T)Enum.ToObject(typeof(T), from.ReadByte());

    public static void WriteStrings(this BinaryWriter to, ImmutableArray<string> values) => to.WriteList(values, to.Write);

    public static ImmutableArray<string> ReadStrings(this BinaryReader from) => from.ReadList(from.ReadString);

    /// <summary>Runs <paramref name="write"/> against a fresh block and returns its bytes.</summary>
    public static byte[] Block(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }
        return stream.ToArray();
    }
}
