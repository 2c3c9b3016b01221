using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Where a letter is on its way.</summary>
public enum OutboxState
{
    /// <summary>Waits.</summary>
    Queued,

    /// <summary>A worker has it until <see cref="OutboxRow.LeasedUntil"/>.</summary>
    Leased,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Given up, with the reason in <see cref="OutboxRow.Note"/>.</summary>
    Failed,
}

/// <summary>The state of one letter: small, rewritten on its way. What the letter says is kept apart and never rewritten.</summary>
/// <param name="Id">Id of the letter, see <see cref="LetterId"/>.</param>
/// <param name="Event">The event it is about.</param>
/// <param name="Revision">The revision it tells.</param>
/// <param name="SubscriberHash">Who gets it, without naming them.</param>
/// <param name="Reason">Why it was written.</param>
/// <param name="QueuedAt">When it was written; the date that the reader sees, however late it is sent.</param>
/// <param name="State">Where it is.</param>
/// <param name="Tries">How often it was handed to the mail server.</param>
/// <param name="LeasedUntil">Until when a worker has it.</param>
/// <param name="Note">The mail server's receipt, or the last trouble.</param>
public sealed record OutboxRow(
    string Id, string Event, int Revision, string SubscriberHash, LetterReason Reason, DateTimeOffset QueuedAt, OutboxState State, int Tries, DateTimeOffset? LeasedUntil, string? Note);

/// <summary>A letter with its content.</summary>
/// <param name="Row">Its state.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="DisplayName">Name of the reader; null where not given.</param>
/// <param name="Before">Ids of the letters about the same event that this reader got before, oldest first.</param>
/// <param name="Content">Subject and both forms.</param>
public sealed record Letter(OutboxRow Row, string Address, string? DisplayName, IReadOnlyList<string> Before, RenderedLetter Content);

/// <summary>Ids of letters: the same revision for the same subscriber is the same letter.</summary>
public static class LetterId
{
    /// <summary>As <c>event-r3-0123456789abcdef</c>.</summary>
    public static string Of(string @event, int revision, string subscriber) => string.Create(CultureInfo.InvariantCulture, $"{@event}-r{revision}-{Hash(subscriber)}");

    /// <summary>Sixteen hexadecimal digits that stand for a subscriber.</summary>
    public static string Hash(string subscriber) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subscriber)))[..16];
}

/// <summary>Letters as the outbox keeps them.</summary>
internal static class LetterJson
{
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, RevisionJson.Options);

    public static T Read<T>(Row row) => JsonSerializer.Deserialize<T>(row.Body.Span, RevisionJson.Options) ?? throw new JsonException($"The outbox row {row.Key} holds null.");
}
