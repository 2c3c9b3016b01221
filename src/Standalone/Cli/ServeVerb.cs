using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pharos.Web;
using Spectre.Console;

namespace Pharos.Standalone;

/// <summary><c>serve</c>: a live installation in one process.</summary>
internal static class ServeVerb
{
    public const string Address = "http://127.0.0.1:8080";

    public static Command Command()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the database, the archive and the outbox", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var urls = new Option<string>("--urls") { Description = "Address to listen on", DefaultValueFactory = _ => Address };
        var contact = new Option<string>("--contact") { Description = "Who upstream operators can write to; sent with every request", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PHAROS_CONTACT") ?? "no contact set" };
        var countries = new Option<string>("--countries") { Description = "Only these, by code: KP,IR,SY", DefaultValueFactory = _ => "all" };
        var days = new Option<int>("--backfill") { Description = "Days of the past to fill in at the first start", DefaultValueFactory = _ => 7 };
        var upstream = new Option<string?>("--upstream") { Description = "Base address that stands in for all sources, for rehearsals", Hidden = true };
        var storage = StorageOption.Create();
        var command = new Command("serve", $"""
            Watch the world: collect, score, report and deliver on the timetable, and serve the results over HTTP.

            Examples:
              pharos serve
              pharos serve --data /var/lib/pharos --urls http://127.0.0.1:9000 --contact ops@example.org
              {AzureStorage.Setting}=myaccount pharos serve --storage azure
              curl {Address}/v1/countries
            """) { data, urls, contact, countries, days, storage, upstream };
        command.SetAction((parsed, cancel) => Terminal.Run(async () =>
        {
            // From a midnight on, so that what is found does not depend on the minute of the start. The answers of RIPE Atlas are large and its
            // baseline is warm after a day: it is not asked about more.
            var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
            var past = Math.Max(0, parsed.GetValue(days));
            var since = today.AddDays(-past);
            var settings = new InstallationSettings
            {
                Folder = parsed.GetValue(data)!.FullName, Storage = await StorageOption.Open(parsed.GetValue(storage), forOneRun: false, cancel), Contact = parsed.GetValue(contact)!, Countries = Some(parsed.GetValue(countries)!),
                Upstream = parsed.GetValue(upstream) is { } stand ? new StandIn(new Uri(stand)) : null,
                BaseAddress = new Uri(parsed.GetValue(urls)!), Start = (source, _) => source is RipeAtlas ? today.AddDays(-Math.Min(1, past)) : since,
            };
            return await Run(settings, parsed.GetValue(urls)!, since, cancel);
        }));
        return command;
    }

    /// <summary>Serves the results of a replay until stopped.</summary>
    public static async Task ServeOnly(Past past, string data, ITables? tables, string urls, CancellationToken cancel)
    {
        using var installation = new Installation(new InstallationSettings { Folder = data, Tables = tables, Countries = past.Countries, Dataset = past.Dataset }, new VirtualClock(past.Period.End));
        await using var app = await Listen(installation, urls, cancel);
        await WhenStopped(cancel);
    }

    private static async Task<int> Run(InstallationSettings settings, string urls, DateTimeOffset since, CancellationToken cancel)
    {
        using var installation = new Installation(settings, TimeProvider.System);
        await using var app = await Listen(installation, urls, cancel);
        await installation.LoadSubscribers(cancel);
        var clockwork = new Clockwork(installation, since, Say);
        try
        {
            await clockwork.Run(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Say("stopped; everything that was accepted is on disk");
        }
        return Terminal.Done;
    }

    private static async Task<WebApplication> Listen(Installation installation, string urls, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        Site.Use(app, installation.Parts, installation.Clock, (path, trouble) => Say($"{path} failed: {trouble}"));
        await app.StartAsync(cancel);
        Say($"listening on {urls} (try {urls}/v1/countries)");
        return app;
    }

    private static IReadOnlyList<Country> Some(string codes) => codes == "all" ? Countries.All : [.. codes.Split(',').Select(code => Country.Parse(code.Trim())).Order()];

    private static async Task WhenStopped(CancellationToken cancel)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            // The way a server ends.
        }
    }

    private static void Say(string what) => Terminal.Errors.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[grey]{DateTimeOffset.UtcNow:u}[/] {what}");
}
