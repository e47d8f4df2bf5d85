using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Entail.Tests.Read;

/// <summary>
/// Feeds a reader of files with broken ones: seeds that are read well, each with a few edits. The cases follow from the reader's name and a number
/// alone, so that a failing one can be had again by <see cref="Case"/>. ENTAIL_FUZZ_CASES says how many there are for each reader.
/// </summary>
internal static class Fuzzing
{
    /// <summary>The most that reading one case may allocate.</summary>
    public const long MostAllocated = 256L * 1024 * 1024;

    private const int DefaultCases = 2000;
    private const int MostEdits = 8;
    private const int LongestBlock = 4096;

    // The smallest stack that a thread has by default on the systems we run on: what nests too deeply must fail here, not there.
    private const int StackBytes = 1024 * 1024;

    // Tells a case without an end from a slow one; no measure of speed.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly long[] Numbers =
    [
        0,
        1,
        -1,
        2,
        16,
        127,
        128,
        255,
        256,
        4096,
        short.MaxValue,
        short.MinValue,
        ushort.MaxValue,
        1 << 16,
        1 << 24,
        int.MaxValue,
        int.MinValue,
        uint.MaxValue,
        1L << 32,
        1L << 40,
        long.MaxValue,
        long.MinValue,
    ];

    // What means something in the formats that are texts, and a number of Protocol Buffers without an end.
    private static readonly byte[][] Scraps =
    [
        .. new[]
        {
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "\\ud800",
            "null",
            "-1e999",
            "../",
            "\0",
            "\uFEFF",
            "\n",
            "\"a\":{",
            "[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF],
        [0xC3, 0x28],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ];

    /// <summary>
    /// Reads every case, the first ones being the seeds themselves. Fails with the number of the case where the reader throws, allocates more than
    /// <see cref="MostAllocated"/> or does not come to an end. The figures go to the output of the running test.
    /// </summary>
    /// <param name="reader">A name for the reader; the cases follow from it.</param>
    /// <param name="seeds">Files, mostly good ones.</param>
    /// <param name="read">Reads the bytes of a file. Throwing is failing; so is an assertion about what was read.</param>
    public static void Run(string reader, byte[][] seeds, Action<byte[]> read)
    {
        var cases = int.TryParse(Environment.GetEnvironmentVariable("ENTAIL_FUZZ_CASES"), CultureInfo.InvariantCulture, out var stated)
            ? stated
            : DefaultCases;
        var output = TestContext.Current.TestOutputHelper;
        var number = -1;
        string? failure = null;
        var (highest, highestCase) = (0L, 0);
        var watch = Stopwatch.StartNew();
        var worker = new Thread(
            () =>
            {
                for (var i = 0; i < cases && failure is null; i++)
                {
                    Volatile.Write(ref number, i);
                    var bytes = Case(reader, seeds, i);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    try
                    {
                        read(bytes);
                    }
                    catch (Exception problem)
                    {
                        failure = $"{problem.GetType().Name}: {problem.Message}\n{problem.StackTrace}";
                    }
                    var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    if (allocated > highest)
                    {
                        (highest, highestCase) = (allocated, i);
                    }
                    if (allocated > MostAllocated)
                    {
                        failure ??= $"{allocated:N0} bytes were allocated";
                    }
                }
            },
            StackBytes
        )
        {
            IsBackground = true,
        };
        worker.Start();
        for (var last = 0; !worker.Join(Longest); last = Volatile.Read(ref number))
        {
            if (last == Volatile.Read(ref number))
            {
                Assert.Fail(Failed(reader, seeds, last, $"no end within {Longest}"));
            }
        }
        output?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{reader}: {number + 1} cases in {watch.Elapsed.TotalSeconds:0.0} s, at most {highest / 1024.0:N0} KB allocated (case {highestCase})"
            )
        );
        if (failure is not null)
        {
            Assert.Fail(Failed(reader, seeds, number, failure));
        }
    }

    /// <summary>The bytes of a case.</summary>
    public static byte[] Case(string reader, byte[][] seeds, int number)
    {
        if (number < seeds.Length)
        {
            return seeds[number];
        }
        // Not string.GetHashCode, which differs from run to run.
        var random = new Random(reader.Aggregate(number, (hash, c) => unchecked(hash * 31 + c)));
        var bytes = seeds[random.Next(seeds.Length)];
        for (var edits = random.Next(1, MostEdits + 1); edits > 0; edits--)
        {
            bytes = Edited(bytes, seeds, random);
        }
        return bytes;
    }

    private static byte[] Edited(byte[] bytes, byte[][] seeds, Random random)
    {
        // Half of the edits hit the first 64 bytes, where a format has its lengths and counts.
        var at = random.Next(Math.Min(bytes.Length, random.Next(2) == 0 ? 64 : int.MaxValue) + 1);
        // Short blocks are likelier than long ones.
        var block = Math.Min(bytes.Length - at, random.Next(1 << random.Next(1, 13)) + 1);
        switch (random.Next(9))
        {
            case 0:
                return Replaced(bytes, at, [(byte)(at < bytes.Length ? bytes[at] ^ (1 << random.Next(8)) : 0)]);
            case 1:
                var noise = new byte[random.Next(1, 17)];
                random.NextBytes(noise);
                return Joined(bytes, at, noise, at);
            case 2:
                return Joined(bytes, at, [], at + block);
            case 3:
                var other = seeds[random.Next(seeds.Length)];
                var from = random.Next(other.Length + 1);
                var taken = other.AsSpan(from, Math.Min(LongestBlock, other.Length - from));
                return Joined(bytes, at, taken, random.Next(2) == 0 ? bytes.Length : at);
            case 4:
            case 5:
                return Replaced(bytes, at, Number(bytes.Length, random));
            case 6:
                return bytes[..at];
            case 7:
                return Joined(bytes, at, bytes.AsSpan(at, block), at);
            default:
                var scrap = Scraps[random.Next(Scraps.Length)];
                return random.Next(2) == 0 ? Replaced(bytes, at, scrap) : Joined(bytes, at, scrap, at);
        }
    }

    // 1, 2, 4 or 8 bytes, in either order: a number at which something usually changes, or one near the file's length.
    private static byte[] Number(int length, Random random)
    {
        var value = random.Next(4) == 0 ? length + random.Next(-16, 17) : Numbers[random.Next(Numbers.Length)];
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes = bytes[..(1 << random.Next(4))];
        if (random.Next(4) == 0)
        {
            Array.Reverse(bytes);
        }
        return bytes;
    }

    private static byte[] Replaced(byte[] bytes, int at, byte[] with) => Joined(bytes, at, with, Math.Min(bytes.Length, at + with.Length));

    private static byte[] Joined(byte[] bytes, int before, ReadOnlySpan<byte> middle, int after) =>
        [.. bytes.AsSpan(0, before), .. middle, .. bytes.AsSpan(after)];

    private static string Failed(string reader, byte[][] seeds, int number, string why)
    {
        var bytes = Case(reader, seeds, number);
        var shown = Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 256)));
        return $"{reader}, case {number} of {bytes.Length} bytes ({shown}{(bytes.Length > 256 ? "…" : "")}): {why}";
    }
}
