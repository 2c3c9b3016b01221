using System.Buffers;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Decides for every subscriber whether a revision is a letter, and puts the letters into the outbox.</summary>
public sealed class Letters(Subscribers subscribers, Renderer renderer, Mailroom mailroom, TimeProvider clock)
{
    /// <summary>Writes the letters about a revision and returns what was decided about each subscriber, as JSON.</summary>
    public async Task<byte[]> Write(ReportFacts facts, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var revision = facts.Revision;
        var told = await mailroom.Told(revision.Event, cancel);
        List<Letter> letters = [];
        List<(string Subscriber, bool Send, LetterReason Reason)> decisions = [];

        foreach (var subscription in await subscribers.All(cancel))
        {
            var hash = LetterId.Hash(subscription.Id);
            var heard = told.Where(letter => letter.SubscriberHash == hash).OrderBy(letter => letter.Revision).ToList();
            if (heard.FirstOrDefault(letter => letter.Revision == revision.Number) is { } written)
            {
                decisions.Add((hash, true, written.Reason)); // By an earlier run of this job.
                continue;
            }
            var (send, reason) = Matching.Decide(
                subscription, revision, facts.Earlier, [.. heard.Select(letter => new ToldLetter(letter.Revision, letter.Reason, letter.QueuedAt))], now);
            decisions.Add((hash, send, reason));
            if (send)
                letters.Add(Compose(facts, subscription, reason, heard, now));
        }

        await mailroom.Queue(letters, cancel);
        await mailroom.Enqueue(revision.Event, revision.Number, cancel);
        return Json(decisions);
    }

    private Letter Compose(ReportFacts facts, Subscription subscription, LetterReason reason, List<OutboxRow> heard, DateTimeOffset now)
    {
        var lastTold = heard.Count > 0 ? facts.Earlier.FirstOrDefault(before => before.Number == heard[^1].Revision) : null;
        var rendered = renderer.Letter(facts, subscription, reason, lastTold);
        var id = LetterId.Of(facts.Revision.Event, facts.Revision.Number, subscription.Id);
        return new Letter(
            new OutboxRow(id, facts.Revision.Event, facts.Revision.Number, LetterId.Hash(subscription.Id), reason, now, OutboxState.Queued, 0, null, null),
            subscription.Address, subscription.DisplayName, [.. heard.TakeLast(10).Select(letter => letter.Id)], rendered);
    }

    private static byte[] Json(List<(string Subscriber, bool Send, LetterReason Reason)> decisions)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var (subscriber, send, reason) in decisions)
            {
                json.WriteStartObject();
                json.WriteString("subscriber", subscriber);
                json.WriteBoolean("letter", send);
                json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
