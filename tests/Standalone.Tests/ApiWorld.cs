using System.Text.Json;

namespace Pharos.Standalone.Tests;

/// <summary>The small world replayed and served, as <c>replay --serve</c> does.</summary>
public sealed class ApiWorld : IAsyncLifetime
{
    private readonly SmallWorld world = new();
    private readonly CancellationTokenSource stop = new();
    private readonly string address = HostProcess.FreeAddress();
    private Task serving = Task.CompletedTask;

    internal IReadOnlyList<Revision> Revisions { get; private set; } = [];

    internal IReadOnlyList<string> Letters { get; private set; } = [];

    /// <summary>The last revision of Iran's event.</summary>
    internal Revision Gone => Revisions.Last(revision => revision.Country == Country.Parse("IR"));

    public async ValueTask InitializeAsync()
    {
        var (data, output) = (world.Folder("data"), world.Folder("out"));
        var outcome = await Replay.Run(world.Past, data, null, output, SmallWorld.Readers, _ => { }, default);
        Assert.Empty(outcome.Troubles);
        (Revisions, Letters) = (outcome.Revisions, outcome.Letters);
        serving = ServeVerb.ServeOnly(world.Past, data, null, address, stop.Token);
    }

    internal async Task<(int Status, string? Type, string Body)> Ask(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address + path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await HostProcess.Client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    internal async Task<JsonElement> Json(string path)
    {
        var (status, type, body) = await Ask(path);
        Assert.Equal((200, "application/json"), (status, type));
        return JsonDocument.Parse(body).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        stop.Dispose();
        world.Dispose();
    }
}
