using System.Text;
using System.Text.Json;
using MimeKit;

namespace Pharos.Pipeline;

/// <summary>
/// A file of subscribers: a JSON array of objects with <c>address</c> and, as wanted, <c>id</c> (else the address), <c>name</c>, <c>countries</c>
/// (else all), <c>minimum_severity</c>, <c>minimum_confidence</c> and <c>time_zone</c> (else UTC). Comments and trailing commas are allowed.
/// </summary>
public static class SubscribersFile
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It has an error; the message names line and field.</exception>
    public static IReadOnlyList<Subscription> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[3..];
        var reader = new Utf8JsonReader(utf8, Options);
        var subscriptions = new List<Subscription>();
        var field = "the list";
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new FormatException("the file is a JSON array of subscribers, [ { \"address\": … } ]");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                field = "the list";
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new FormatException("each subscriber is an object, { \"address\": … }");
                var subscription = Subscriber(ref reader, ref field);
                field = "id";
                if (subscriptions.Any(other => other.Id == subscription.Id))
                    throw new FormatException($"'{subscription.Id}' is there twice");
                subscriptions.Add(subscription);
            }
            return subscriptions;
        }
        catch (JsonException trouble)
        {
            throw new FormatException($"Subscribers, line {(trouble.LineNumber ?? 0) + 1}: this is no JSON: {trouble.Message}", trouble);
        }
        catch (Exception trouble) when (trouble is FormatException or InvalidOperationException or ArgumentException)
        {
            var line = 1 + utf8[..(int)reader.BytesConsumed].Count((byte)'\n');
            throw new FormatException($"Subscribers, line {line}, {field}: {trouble.Message}", trouble);
        }
    }

    private static Subscription Subscriber(ref Utf8JsonReader reader, ref string field)
    {
        string? id = null, address = null, name = null;
        var (zone, severity, confidence) = ("UTC", 0.0, 0.0);
        List<Country> countries = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = reader.GetString() ?? "";
            reader.Read();
            switch (field)
            {
                case "id":
                    id = Text(ref reader, "an id is text");
                    break;
                case "address":
                    address = Address(Text(ref reader, "an address is text, name@example.org"));
                    break;
                case "name":
                    name = Text(ref reader, "a name is text");
                    break;
                case "countries":
                    Countries(ref reader, countries, ref field);
                    break;
                case "minimum_severity":
                    severity = Number(ref reader, 10);
                    break;
                case "minimum_confidence":
                    confidence = Number(ref reader, 1);
                    break;
                case "time_zone":
                    zone = Zone(Text(ref reader, "a time zone is text, Europe/Berlin"));
                    break;
                default:
                    throw new FormatException("there is no such field; there are id, address, name, countries, minimum_severity, minimum_confidence, time_zone");
            }
        }
        field = "address";
        if (address is null)
            throw new FormatException("it is missing");
        return new Subscription(id ?? address.ToLowerInvariant(), address, name, countries, severity, confidence, zone);
    }

    private static void Countries(ref Utf8JsonReader reader, List<Country> countries, ref string field)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("countries are a list, [\"KP\", \"IR\"]");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            field = $"countries[{countries.Count}]";
            countries.Add(Country.Parse(Text(ref reader, "a country is an ISO code, \"KP\"")));
        }
    }

    /// <summary>A mail address, as it came.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Address(string text) =>
        MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.Domain.Length > 0 && !text.AsSpan().ContainsAnyInRange('\0', ' ')
            ? text
            : throw new FormatException($"'{Clean.Line(text, 80)}' is no mail address");

    /// <summary>A time zone, as it came.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Zone(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? text : throw new FormatException($"'{text}' is no time zone; write it as Europe/Berlin");

    private static string Text(ref Utf8JsonReader reader, string what) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } text ? text : throw new FormatException(what);

    private static double Number(ref Utf8JsonReader reader, double most) =>
        reader.TokenType == JsonTokenType.Number && reader.GetDouble() is var number && number >= 0 && number <= most
            ? number
            : throw new FormatException(FormattableString.Invariant($"it is a number from 0 to {most}"));
}
