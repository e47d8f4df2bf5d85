using System.Collections.Concurrent;

namespace Entail.Audit;

/// <summary>The records of a file, understood by several threads while the next ones are unpacked.</summary>
public static class RecordReading
{
    /// <summary>The records, in their order, some at a time.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parser">Understands them.</param>
    /// <param name="name">The name that evidence shows.</param>
    public static IEnumerable<IReadOnlyList<ParsedRecord>> Of(IRecordSource file, RecordParser parser, string name)
    {
        using var ahead = new BlockingCollection<Task<List<ParsedRecord>>>(2 * Environment.ProcessorCount);
        var unpacking = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (var block in file.Blocks())
                    {
                        ahead.Add(Task.Run(() => Read(block)));
                    }
                }
                finally
                {
                    ahead.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        foreach (var records in ahead.GetConsumingEnumerable())
        {
            yield return records.GetAwaiter().GetResult();
        }
        unpacking.GetAwaiter().GetResult();

        List<ParsedRecord> Read(RecordBlock block)
        {
            try
            {
                return parser.Read(block.Bytes, name);
            }
            finally
            {
                block.Return();
            }
        }
    }
}
