namespace Pharos.Standalone;

/// <summary>Sends every request to one address instead of the host it names: for rehearsals against a local upstream.</summary>
internal sealed class StandIn(Uri address) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("X-Upstream-Host", request.RequestUri!.Host);
        request.RequestUri = new UriBuilder(request.RequestUri) { Scheme = address.Scheme, Host = address.Host, Port = address.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
