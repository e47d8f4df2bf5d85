using System.Globalization;

namespace Entail.Audit;

/// <summary>Numbers for people.</summary>
internal static class Words
{
    /// <summary>A number with commas.</summary>
    public static string N(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A share in percent; what is not nothing, and not all, is not called so.</summary>
    public static string Share(long part, long all) =>
        all == 0 ? ""
        : part > 0 && part * 2000 < all ? "<0.1 %"
        : part < all && (all - part) * 2000 < all ? ">99.9 %"
        : $"{(100.0 * part / all).ToString("0.0", CultureInfo.InvariantCulture)} %";
}
