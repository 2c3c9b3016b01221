namespace Pharos.Pipeline;

/// <summary>Who gets letters: table <c>subscribers</c>, partition <c>subscribers</c>, key = hash of the subscription's id.</summary>
public sealed class Subscribers(ITables tables)
{
    private const string Table = "subscribers", Partition = "subscribers", File = "file";

    /// <summary>All of them, in the order of their keys.</summary>
    public async Task<IReadOnlyList<Subscription>> All(CancellationToken cancel) => [.. (await Stored(cancel)).Select(stored => stored.Subscription)];

    /// <summary>Adds a subscription or replaces it.</summary>
    public Task Write(Subscription subscription, CancellationToken cancel) => Write(new Kept("hand", subscription), cancel);

    /// <summary>Removes a subscription; no letter is written to it any more.</summary>
    public Task Remove(string id, CancellationToken cancel) => tables.Delete(Table, Partition, LetterId.Hash(id), cancel);

    /// <summary>Makes the table say what a subscribers file says. Who is no longer in the file is removed; who came another way stays.</summary>
    /// <exception cref="FormatException">The file has an error, told with its line and field; the table is as before.</exception>
    public async Task Load(ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        var wanted = SubscribersFile.Parse(file.Span);
        var stored = await Stored(cancel);
        foreach (var subscription in wanted)
            await Write(new Kept(File, subscription), cancel);
        foreach (var gone in stored.Where(kept => kept.Origin == File && wanted.All(subscription => subscription.Id != kept.Subscription.Id)))
            await Remove(gone.Subscription.Id, cancel);
    }

    private Task<string> Write(Kept kept, CancellationToken cancel) =>
        tables.Write(Table, new Row(Partition, LetterId.Hash(kept.Subscription.Id), LetterJson.Write(kept)), Expect.Anything, cancel);

    private async Task<IReadOnlyList<Kept>> Stored(CancellationToken cancel)
    {
        List<Kept> stored = [];
        await foreach (var row in tables.Query(Table, Partition, null, null, cancel))
            stored.Add(LetterJson.Read<Kept>(row));
        return stored;
    }

    private sealed record Kept(string Origin, Subscription Subscription);
}
