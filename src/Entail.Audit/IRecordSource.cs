namespace Entail.Audit;

/// <summary>The records of a file, one after the other, each the bytes of one JSON object.</summary>
public interface IRecordSource
{
    /// <summary>What ended the reading before the end of the file, or what was passed over; null where nothing was wrong.</summary>
    string? Problem { get; }

    /// <summary>How much of the file was read, from 0 to 1; 0 where that is not known.</summary>
    double Done => 0;

    /// <summary>The records in blocks; only a few at a time are in memory.</summary>
    IEnumerable<RecordBlock> Blocks();

    /// <summary>The source for a file, by the end of its name.</summary>
    static IRecordSource Of(string path) => IsParquet(path) ? new ParquetRecords(path) : new RecordFile(path);

    /// <summary>True for a file that is read by DuckDB.</summary>
    static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
}
