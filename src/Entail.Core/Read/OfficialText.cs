using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>Gets the text of a license from where it is published. The only part of Entail that reaches the network, and only when asked to.</summary>
/// <param name="client">Makes the requests.</param>
public sealed class OfficialText(HttpClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What an address holds, at most 2 MB; a problem where it cannot be had.</summary>
    public OpenedFile Fetch(Uri address)
    {
        var shown = address.ToString();
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            using var request = new HttpRequestMessage(HttpMethod.Get, Raw(address));
            using var answer = client.Send(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!answer.IsSuccessStatusCode)
            {
                return Failed(shown, $"{(int)answer.StatusCode}");
            }
            var page = answer.Content.Headers.ContentType?.MediaType == "text/html" ? ".html" : "";
            using var stream = answer.Content.ReadAsStream(patience.Token);
            return OpenedFile.Read(stream, Path.GetFileName(address.AbsolutePath.TrimEnd('/')) + page);
        }
        catch (Exception problem)
            when (problem is HttpRequestException or IOException or OperationCanceledException or NotSupportedException)
        {
            return Failed(shown, problem.Message);
        }
    }

    /// <summary>The address of the file itself, where the given one is that of a page around it.</summary>
    internal static Uri Raw(Uri address) =>
        address.Host switch
        {
            "github.com" when address.AbsolutePath.Contains("/blob/", StringComparison.Ordinal) => new Uri(
                $"https://raw.githubusercontent.com{Replaced(address, "/blob/", "/")}"
            ),
            "huggingface.co" when address.AbsolutePath.Contains("/blob/", StringComparison.Ordinal) => new Uri(
                $"https://huggingface.co{Replaced(address, "/blob/", "/resolve/")}"
            ),
            _ => address,
        };

    private static string Replaced(Uri address, string what, string by)
    {
        var at = address.AbsolutePath.IndexOf(what, StringComparison.Ordinal);
        return address.AbsolutePath[..at] + by + address.AbsolutePath[(at + what.Length)..];
    }

    private static OpenedFile Failed(string address, string why) =>
        OpenedFile.Unread(
            address,
            Problems.Unreadable(Problems.File(address), $"{address} could not be fetched: {why}.", $"无法下载 {address}：{why}。")
        );
}
