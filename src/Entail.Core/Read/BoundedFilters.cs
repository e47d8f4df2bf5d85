using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Entail.Core.Read;

/// <summary>The filters of a PDF's streams, for one document: a small file that decompresses to more than a license could need is refused.</summary>
internal sealed class BoundedFilters : IFilterProvider
{
    private const long MostBytes = 32 * 1024 * 1024;
    private const double LongestRow = 100_000;

    private long bytes;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bounded(DefaultFilterProvider.Instance.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) =>
        Bounded(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Bounded(DefaultFilterProvider.Instance.GetAllFilters());

    private IReadOnlyList<IFilter> Bounded(IReadOnlyList<IFilter> filters) => [.. filters.Select(f => new Filter(f, this))];

    private void Count(long more)
    {
        bytes += more;
        if (bytes > MostBytes)
        {
            throw new InvalidDataException("the document decompresses to more than 32 MB");
        }
    }

    private sealed class Filter(IFilter filter, BoundedFilters all) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            // How long the rows of a predictor are is a number in the file, and memory is set aside for one.
            var parameters = DecodeParameterResolver.GetFilterParameters(streamDictionary, filterIndex);
            if (parameters.Data.Values.Any(p => p is NumericToken { Data: > LongestRow }))
            {
                throw new InvalidDataException("a filter with rows that no page has");
            }
            if (filter is LzwFilter)
            {
                // Can grow a thousandfold, and has not been written for decades.
                throw new NotSupportedException("LZW");
            }
            if (filter is FlateFilter)
            {
                all.Count(Inflated(input));
            }
            var decoded = filter.Decode(input, streamDictionary, filterProvider, filterIndex);
            all.Count(decoded.Length);
            return decoded;
        }

        private static long Inflated(ReadOnlyMemory<byte> input)
        {
            using var stream = new DeflateStream(
                new MemoryStream(input.Length > 2 ? input[2..].ToArray() : []),
                CompressionMode.Decompress
            );
            var buffer = new byte[64 * 1024];
            var count = 0L;
            try
            {
                for (var read = 1; read > 0 && count <= MostBytes; count += read)
                {
                    read = stream.Read(buffer);
                }
            }
            catch (InvalidDataException)
            {
                // Broken from here on; the library makes of it what it can.
            }
            return count;
        }
    }
}
