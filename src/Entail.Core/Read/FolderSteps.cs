using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// What the files of a folder say the work was made from: the card first, then what adapter settings, merge configurations and the weights' own
/// headers add to it, each with its place; traces that tools leave count only where nothing else is said. What they contradict is for Link to see.
/// </summary>
/// <param name="name">The folder's name: a model as its maker publishes it names itself in traces.</param>
/// <param name="hints">What the files tell of how the work was made.</param>
internal sealed class FolderSteps(string name, MakingHints hints)
{
    private readonly List<DeclaredBase> bases = [];
    private readonly List<ConfiguredWork> works = [];

    /// <summary>The bases of the work.</summary>
    public ImmutableArray<DeclaredBase> Bases => [.. bases];

    /// <summary>What the files say of the bases themselves: from what a converted file's source was made.</summary>
    public ImmutableArray<ConfiguredWork> Works => [.. works];

    /// <summary>Adds what a file says of the work itself.</summary>
    public FolderSteps With(ImmutableArray<DeclaredBase> declared)
    {
        var usable = bases.Count == 0 ? declared : [.. declared.Where(d => IsName(d.Claim.Value))];
        bases.AddRange(usable.Where(d => !Has(d.Claim.Value)));
        return this;
    }

    /// <summary>
    /// Adds what the header of converted weights says. It was copied from the card of the model that was converted: where the file names that model,
    /// or the card does, the header's bases are that model's.
    /// </summary>
    public FolderSteps WithConverted(Declaration header)
    {
        if (header.Sources.IsEmpty && bases.Count != 1)
        {
            return With(header.Bases);
        }
        var act = header.Stated.Quantized || hints.Quantized ? Act.Quantize : Act.Convert;
        With([.. header.Sources.Select(s => s with { Act = s.Act ?? act })]);
        var sources = header.Sources.IsEmpty ? bases.Select(b => b.Claim) : header.Sources.Select(s => s.Claim);
        foreach (var source in sources.DistinctBy(s => s.Value, StringComparer.OrdinalIgnoreCase).ToList())
        {
            var of = header with { Bases = [.. header.Bases.Where(b => !Same(b.Claim.Value, source.Value))], Datasets = [] };
            if (!of.Bases.IsEmpty && !works.Exists(w => Same(w.Id, source.Value)))
            {
                var evidence = of.Bases[0].Claim.Evidence;
                works.Add(new ConfiguredWork(source.Value, "model", null, null, [], of.Steps(default, "model"), Facts.None, evidence));
            }
        }
        return this;
    }

    /// <summary>Adds the name that a tool kept of what it loaded, where nothing else is said and it is a name on the hub.</summary>
    public FolderSteps WithTrace(ImmutableArray<Claim> traced, Act? act)
    {
        if (bases.Count == 0)
        {
            bases.AddRange(
                traced
                    .Where(t => HubName.Parse(t.Value).Form == HubNameForm.Full && !Same(t.Value.Split('/')[1], name.Split('/')[^1]))
                    .Select(t => new DeclaredBase(t, act))
            );
        }
        return this;
    }

    private bool Has(string work) => bases.Exists(b => Same(b.Claim.Value, work));

    // A name that others can follow; Ollama's have a tag.
    private static bool IsName(string work) =>
        HubName.Parse(work).Form is var form
        && (
            form == HubNameForm.Full
            || (form == HubNameForm.Other && work.Contains(':', StringComparison.Ordinal) && !work.Contains(' ', StringComparison.Ordinal))
        );

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
