using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Pharos.Standalone.Tests;

/// <summary>
/// The public platforms on a local port, frozen at the moment of the test: two days of 24 countries, of which Czechia lost everything forty minutes ago.
/// </summary>
internal sealed class KillUpstream : IAsyncDisposable
{
    public const string Countries = "US,DE,JP,BR,IN,NG,FR,GB,SE,CZ,PT,CL,KE,VN,NZ,IS,LU,MT,BT,TO,NR,AT,PL,DK";
    public static readonly Country Lost = Country.Parse("CZ");

    private readonly HttpMessageInvoker platforms;
    private readonly WebApplication app;

    private KillUpstream(DateTimeOffset now)
    {
        Now = Bin.Containing(now);
        var start = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-2);
        var scripts = QuietCountries.All().Append(Like("AT", "Austria")).Append(Like("PL", "Poland")).Append(Like("DK", "Denmark")).ToList();
        scripts.Single(script => script.Nation.Country == Lost).Loses(1, (Now - 8).Start, start.AddDays(4));
        var scenario = new Scenario("today", "The test's own today", new Interval(start, start.AddDays(4)), start, seed: 7, scripts, []);
        platforms = new HttpMessageInvoker(new ScenarioUpstream(scenario, new FakeTimeProvider(now)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(Answer);
    }

    /// <summary>The bin in which its time stands still.</summary>
    public Bin Now { get; }

    public string Address => app.Urls.Single();

    public static async Task<KillUpstream> Start(DateTimeOffset now)
    {
        var upstream = new KillUpstream(now);
        await upstream.app.StartAsync();
        return upstream;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        platforms.Dispose();
    }

    private static CountryScript Like(string code, string name) =>
        new(new Nation(Country.Parse(code), name, "EU", 3_100, 420, 390, 24_000, 7_000, 2_800, 4_100_000, Probes: 1, LostProbes: 0, UtcOffset: 1));

    private async Task Answer(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{context.Request.Headers["X-Upstream-Host"]}{target}");
        using var answer = await platforms.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
