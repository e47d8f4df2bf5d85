namespace Entail.Tests;

/// <summary>Whether this run accepts what the tools print now as what is expected from now on.</summary>
internal static class Accepting
{
    public static bool IsOn => Environment.GetEnvironmentVariable("ENTAIL_ACCEPT") == "1";
}
