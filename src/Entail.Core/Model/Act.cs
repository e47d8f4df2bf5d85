namespace Entail.Core.Model;

/// <summary>Something done with a work (CONTRACT, Acts).</summary>
public enum Act : byte
{
    Run,
    Copy,
    Modify,
    FineTune,
    Adapt,
    Quantize,
    Convert,
    Merge,
    Distill,
    TrainOnOutputs,
    TrainOnData,
    Embed,
    Generate,
    UseOutputs,
    PublishResults,
    PublishOutputs,
    Distribute,
    Host,
    Sell,
    Sublicense,
    Relicense,
}

/// <summary>The closed list of acts: names and kinds.</summary>
public static class Acts
{
    /// <summary>Every act, in the order of the contract.</summary>
    public static readonly IReadOnlyList<Act> All = Enum.GetValues<Act>();

    /// <summary>The kebab-case id of an act.</summary>
    public static string Name(this Act act) => Kebab.Of(act);

    /// <summary>True for an act that makes a new work from old ones.</summary>
    public static bool Makes(this Act act) => act is >= Act.Copy and <= Act.Generate;

    /// <summary>True for an act about outputs, whatever the subject of the question.</summary>
    public static bool ConcernsOutputs(this Act act) =>
        act is Act.UseOutputs or Act.PublishOutputs or Act.TrainOnOutputs or Act.Generate or Act.PublishResults;

    /// <summary>True for a sharing act whose subject may be the original, a derivative or an output.</summary>
    public static bool HasSubject(this Act act) => act is Act.Distribute or Act.Host or Act.Sell or Act.Sublicense or Act.Relicense;

    /// <summary>Reads an act's id; letter case does not matter.</summary>
    public static bool TryParse(string text, out Act act) => Kebab.TryParse(text, out act);
}
