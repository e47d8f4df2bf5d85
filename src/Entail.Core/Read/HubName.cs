using System.Text.RegularExpressions;

namespace Entail.Core.Read;

/// <summary>What a value that should name a work of the hub looks like.</summary>
internal enum HubNameForm
{
    /// <summary><c>org/name</c>.</summary>
    Full,

    /// <summary>A name without an organization, as the oldest works of the hub have.</summary>
    Bare,

    /// <summary>A path on someone's machine.</summary>
    LocalPath,

    /// <summary>A word that says there is none.</summary>
    Nothing,

    /// <summary>None of these.</summary>
    Other,
}

/// <summary>Names of works on the Hugging Face hub.</summary>
internal static partial class HubName
{
    private static readonly string[] Nothings = ["none", "n/a", "na", "null", "-"];

    /// <summary>The name a value stands for: addresses of works on the hub lose what surrounds the name; all else, such as the address of a paper there, is only trimmed.</summary>
    public static (string Name, HubNameForm Form) Parse(string value)
    {
        var text = value.Trim();
        var address = Address().Match(text);
        if (address.Success)
        {
            text = address.Groups["name"].Value;
        }
        return (text, FormOf(text));
    }

    /// <summary>True for a name that stands for itself, as the hub has it.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text, out HubNameForm form)
    {
        form = FormOf(text);
        return form is HubNameForm.Full or HubNameForm.Bare && !Address().IsMatch(text);
    }

    private static HubNameForm FormOf(ReadOnlySpan<char> text) =>
        text.IsEmpty || IsNothing(text) ? HubNameForm.Nothing
        : FullName().IsMatch(text) ? HubNameForm.Full
        : BareName().IsMatch(text) ? HubNameForm.Bare
        : LooksLocal(text) ? HubNameForm.LocalPath
        : HubNameForm.Other;

    private static bool IsNothing(ReadOnlySpan<char> text)
    {
        foreach (var word in Nothings)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private static bool LooksLocal(ReadOnlySpan<char> text) =>
        text[0] is '/' or '\\' or '~' or '.'
        || (text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '/' or '\\')
        || text.Contains('\\')
        || (!text.Contains(':') && !text.Contains(' ') && text.Contains('/'));

    [GeneratedRegex(
        @"^(?:(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/|hf://)(?:(?:models|datasets)/)?(?<name>(?!(?:spaces|papers|docs|blog|collections|learn|posts)/)[^/\s?#]{1,96}(?:/[^/\s?#]{1,96})?)(?:[/?#]\S{0,500})?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}\z")]
    private static partial Regex FullName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}\z")]
    private static partial Regex BareName();
}
