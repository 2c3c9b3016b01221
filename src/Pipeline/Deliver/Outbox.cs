using System.Runtime.CompilerServices;

namespace Pharos.Pipeline;

/// <summary>
/// Letters on their way: table <c>outbox</c>. Partition <c>letters</c>: the state of each, key = letter id; partition <c>content</c>: what it says;
/// partition <c>waiting</c>: ids that are neither sent nor given up, so that a sweep need not read the whole past.
/// </summary>
internal sealed class Outbox(ITables tables)
{
    private const string Table = "outbox", States = "letters", Content = "content", Waiting = "waiting";

    /// <summary>
    /// Adds a letter that is not there yet. 1. Its id waits. 2. Its content is kept. 3. Its state is written, and from here on the letter exists;
    /// a crash before that leaves an id that waits for the job to run again.
    /// </summary>
    public async Task Add(Letter letter, CancellationToken cancel)
    {
        var id = letter.Row.Id;
        if (await tables.Read(Table, States, id, cancel) is not null)
            return;
        await tables.Write(Table, new Row(Waiting, id, Array.Empty<byte>()), Expect.Anything, cancel);
        try
        {
            await tables.Write(Table, new Row(Content, id, LetterJson.Write(letter)), Expect.Absent, cancel);
        }
        catch (ConflictException)
        {
            // Content of an earlier run: it is what will be sent.
        }
        try
        {
            var kept = await tables.Read(Table, Content, id, cancel) ?? throw new InvalidOperationException($"The content of letter {id} vanished.");
            await tables.Write(Table, new Row(States, id, LetterJson.Write(LetterJson.Read<Letter>(kept).Row)), Expect.Absent, cancel);
        }
        catch (ConflictException)
        {
            // Another worker added it first.
        }
    }

    /// <summary>The letters about an event, to whomever.</summary>
    public async Task<IReadOnlyList<OutboxRow>> Of(string @event, CancellationToken cancel)
    {
        List<OutboxRow> letters = [];
        await foreach (var row in tables.Query(Table, States, $"{@event}-r", $"{@event}-s", cancel))
            letters.Add(LetterJson.Read<OutboxRow>(row));
        return letters;
    }

    /// <summary>The state of a letter with its version, or null.</summary>
    public async Task<(OutboxRow Letter, string? Version)?> Find(string id, CancellationToken cancel) =>
        await tables.Read(Table, States, id, cancel) is { } row ? (LetterJson.Read<OutboxRow>(row), row.Version) : null;

    /// <summary>A letter's content.</summary>
    public async Task<Letter> Read(string id, CancellationToken cancel) =>
        await tables.Read(Table, Content, id, cancel) is { } row ? LetterJson.Read<Letter>(row) : throw new InvalidOperationException($"The letter {id} has no content.");

    /// <summary>Moves a letter on and returns its new version; null when another worker did first.</summary>
    public async Task<string?> Move(OutboxRow letter, string? version, CancellationToken cancel)
    {
        try
        {
            var moved = await tables.Write(Table, new Row(States, letter.Id, LetterJson.Write(letter), version), Expect.SameVersion, cancel);
            if (letter.State is OutboxState.Sent or OutboxState.Failed)
                await tables.Delete(Table, Waiting, letter.Id, cancel);
            return moved;
        }
        catch (ConflictException)
        {
            return null;
        }
    }

    /// <summary>Takes an id off the list of those that wait.</summary>
    public Task Forget(string id, CancellationToken cancel) => tables.Delete(Table, Waiting, id, cancel);

    /// <summary>Letters that are neither sent nor given up.</summary>
    public async IAsyncEnumerable<OutboxRow> Open([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in tables.Query(Table, Waiting, null, null, cancel))
        {
            if (await Find(row.Key, cancel) is not { } found)
                continue;
            if (found.Letter.State is OutboxState.Sent or OutboxState.Failed)
                await Forget(row.Key, cancel);
            else
                yield return found.Letter;
        }
    }
}
