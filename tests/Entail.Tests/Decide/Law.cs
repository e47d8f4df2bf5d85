using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>
/// Tries a law on random values. A failure prints the smallest counterexample found and the seed that replays it.
/// ENTAIL_TRIES=20 in the environment tries twenty times as often.
/// </summary>
internal static class Law
{
    private static readonly int Times = int.TryParse(
        Environment.GetEnvironmentVariable("ENTAIL_TRIES"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var times
    )
        ? times
        : 1;

    public static void Holds<T>(Arbitrary<T> values, int tries, Action<T> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tries * Times).WithQuietOnSuccess(true), Prop.ForAll(values, law));
}
