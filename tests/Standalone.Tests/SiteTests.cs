using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pharos.Web;

namespace Pharos.Standalone.Tests;

public class SiteTests
{
    [Fact]
    public async Task A_host_that_routes_everything_to_one_function_answers_as_the_others_do()
    {
        using var world = new SmallWorld();
        using var installation = new Installation(new InstallationSettings { Folder = world.Folder("site") }, TimeProvider.System);
        var cancel = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        await using var app = builder.Build();
        RequestDelegate? site = null;
        app.Map("/{*path}", async (HttpRequest request) =>
        {
            await site!(request.HttpContext);
            return Results.Empty;
        });
        var failures = new List<string>();
        site = Site.Inner(app.Services, installation.Parts, TimeProvider.System, (path, _) => failures.Add(path));
        await app.StartAsync(cancel);

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("ok", await client.GetStringAsync("/healthz", cancel));
        Assert.Contains("\"KP\"", await client.GetStringAsync("/v1/countries", cancel), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await client.GetAsync("/v1/countries/qq", cancel)).StatusCode);
        Assert.Equal(404, (int)(await client.GetAsync("/no/such", cancel)).StatusCode);
        Assert.Equal(405, (int)(await client.PostAsync("/v1/countries", null, cancel)).StatusCode);
        Assert.Empty(failures);
    }
}
