using System.Net;

namespace Pharos.Standalone;

/// <summary>
/// Stands where the Internet would: answers the requests of the real adapters as the public platforms would have, had they been asked
/// at the clock's now. Nothing newer than that is ever told.
/// </summary>
public sealed class ScenarioUpstream(Scenario scenario, TimeProvider clock) : HttpMessageHandler
{
    private static readonly UpstreamAnswer NotFound =
        UpstreamAnswer.Json("""{"error":{"detail":"Not found.","status":404,"title":"Not Found","code":104}}""", HttpStatusCode.NotFound);

    private readonly RipestatAnswers ripestat = new(scenario);
    private readonly IodaAnswers ioda = new(scenario);
    private readonly AtlasProbeAnswers probes = new(scenario);
    private readonly AtlasConnectionAnswers connections = new(scenario);
    private readonly AtlasPingAnswers pings = new(scenario);

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Elsewhere, as the network is: answers to questions asked together are made side by side.
        return Task.Run(() => Send(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        To(request.RequestUri ?? throw new InvalidOperationException("A request without an address.")).Message(request);

    private UpstreamAnswer To(Uri address)
    {
        var (query, now) = (new Query(address), clock.GetUtcNow());
        var path = address.AbsolutePath.TrimEnd('/');
        switch (address.Host)
        {
            case "stat.ripe.net":
                return ripestat.To(path, query, now);
            case "api.ioda.inetintel.cc.gatech.edu":
                return ioda.To(path, query, now);
            case "atlas.ripe.net":
                return path switch
                {
                    "/api/v2/probes" => probes.To(address, query, now),
                    "/api/v2/measurements/7000/results" => connections.To(query, now),
                    "/api/v2/measurements/1001/results" => pings.To(query, now),
                    _ => NotFound,
                };
            default:
                return NotFound;
        }
    }
}
