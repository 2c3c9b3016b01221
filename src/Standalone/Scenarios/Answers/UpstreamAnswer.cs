using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pharos.Standalone;

/// <summary>What a platform answers.</summary>
internal sealed record UpstreamAnswer(HttpStatusCode Status, string MediaType, ReadOnlyMemory<byte> Body)
{
    public static UpstreamAnswer Json(Utf8Text text, HttpStatusCode status = HttpStatusCode.OK) => new(status, "application/json", text.Written);

    public static UpstreamAnswer Json(string text, HttpStatusCode status) => new(status, "application/json", Encoding.UTF8.GetBytes(text));

    public static UpstreamAnswer Lines(Utf8Text text) => new(HttpStatusCode.OK, "text/plain", text.Written);

    public static readonly UpstreamAnswer ErrorPage = new(
        HttpStatusCode.ServiceUnavailable, "text/html",
        "<html><head><title>503</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>\n"u8.ToArray());

    public HttpResponseMessage Message(HttpRequestMessage request)
    {
        var content = new ReadOnlyMemoryContent(Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        content.Headers.ContentLength = Body.Length;
        return new HttpResponseMessage(Status) { Content = content, RequestMessage = request };
    }
}
