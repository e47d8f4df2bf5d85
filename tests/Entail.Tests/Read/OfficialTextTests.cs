using System.Net;
using System.Text;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>What an address gives, without a network: the handler answers in its place.</summary>
public sealed class OfficialTextTests
{
    [Theory]
    [InlineData("https://github.com/a/b/blob/main/LICENSE", "https://raw.githubusercontent.com/a/b/main/LICENSE")]
    [InlineData("https://huggingface.co/a/b/blob/main/LICENSE", "https://huggingface.co/a/b/resolve/main/LICENSE")]
    [InlineData("https://opensource.org/license/mit", "https://opensource.org/license/mit")]
    public void The_file_is_asked_for_rather_than_the_page_around_it(string address, string asked) =>
        Assert.Equal(asked, OfficialText.Raw(new Uri(address)).ToString());

    [Fact]
    public void A_page_is_read_as_its_text()
    {
        var file = Fetch(_ => Answer(HttpStatusCode.OK, "text/html", "<html><body><p>Be kind.</p></body></html>"));

        Assert.Null(file.Problem);
        Assert.Equal("Be kind.", file.Text?.Trim());
    }

    [Fact]
    public void What_cannot_be_had_is_a_problem_that_names_the_address()
    {
        Assert.Contains("404", Fetch(_ => Answer(HttpStatusCode.NotFound, "text/plain", "")).Problem!.Message.En, StringComparison.Ordinal);
        Assert.Contains("no route", Fetch(_ => throw new HttpRequestException("no route")).Problem!.Message.En, StringComparison.Ordinal);
        Assert.NotNull(Fetch(_ => throw new OperationCanceledException()).Problem);
        Assert.NotNull(Fetch(_ => Answer(HttpStatusCode.OK, "text/plain", "")).Problem);
    }

    [Fact]
    public void No_more_than_2_MB_are_read()
    {
        var file = Fetch(_ => Answer(HttpStatusCode.OK, "text/plain", new string('x', 5_000_000)));

        Assert.True(file.Truncated);
        Assert.True(file.Bytes.Length <= OpenedFile.MostBytes);
    }

    private static OpenedFile Fetch(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var handler = new Handler(answer);
        using var client = new HttpClient(handler);
        return new OfficialText(client).Fetch(new Uri("https://example.org/LICENSE"));
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string type, string text) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, type) };

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
