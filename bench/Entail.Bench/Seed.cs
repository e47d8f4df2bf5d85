using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>The chance of each trial is its own, so that a trial left out changes no other.</summary>
internal static class Seed
{
    public static int Of(string key, string experiment) => (int)(Normalization.Hash($"{experiment}/{key}") & int.MaxValue);
}
