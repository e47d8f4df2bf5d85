using System.Buffers;

namespace Entail.Catalog;

/// <summary>The compiled data that the program carries, read in place: nothing is copied.</summary>
public static class EmbeddedCatalog
{
    /// <summary>The compiled rule base, as <c>CompiledCatalog.Load</c> takes it.</summary>
    public static ReadOnlyMemory<byte> Compiled() => Resource("catalog.bin");

    /// <summary>The fingerprints of the license texts; empty in a build without them.</summary>
    public static ReadOnlyMemory<byte> Fingerprints() => Resource("fingerprints.bin");

    /// <summary>The rule base of an earlier release, as <c>CompiledCatalog.Unpack</c> takes it; empty where the build carries none of that version.</summary>
    /// <param name="version">Such as <c>2026.11.1</c>.</param>
    public static ReadOnlyMemory<byte> Release(string version) => Resource($"releases/{version}.catalog");

    private static ReadOnlyMemory<byte> Resource(string name) =>
        typeof(EmbeddedCatalog).Assembly.GetManifestResourceStream(name) switch
        {
            null => ReadOnlyMemory<byte>.Empty,
            UnmanagedMemoryStream mapped => new MappedMemory(mapped).Memory,
            var other => throw new InvalidOperationException($"the runtime maps resources into memory, but {name} is a {other.GetType()}"),
        };

    /// <summary>A resource where the loader mapped it. It stays mapped as long as its assembly, which never unloads.</summary>
    private sealed unsafe class MappedMemory(UnmanagedMemoryStream stream) : MemoryManager<byte>
    {
        private readonly byte* start = stream.PositionPointer;
        private readonly int length = checked((int)stream.Length);

        public override Span<byte> GetSpan() => new(start, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
