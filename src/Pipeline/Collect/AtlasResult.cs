using System.Buffers.Text;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// One RIPE Atlas result, of any firmware, as far as Pharos reads it: who, when, and either pings sent and answered or a change of connection.
/// </summary>
public struct AtlasResult
{
    /// <summary>Times before RIPE Atlas existed or after 2100 are nonsense, unix seconds.</summary>
    private const long Earliest = 1_262_304_000, Latest = 4_102_444_800;

    private Seen seen;

    [Flags]
    private enum Seen
    {
        Nothing = 0,
        Probe = 1,
        Measurement = 2,
        Timestamp = 4,
        Sent = 8,
        Received = 16,
        Type = 32,
        Event = 64,
    }

    /// <summary><c>ping</c>, <c>connection</c>, or the name of another type; null when there was none.</summary>
    public string? Type { get; private set; }

    /// <summary>Id of the probe.</summary>
    public int Probe { get; private set; }

    /// <summary>Id of the measurement; 0 when it was not told.</summary>
    public long Measurement { get; private set; }

    /// <summary>When it was measured, unix seconds.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Packets sent; 0 when none or not told.</summary>
    public int Sent { get; private set; }

    /// <summary>Packets answered.</summary>
    public int Received { get; private set; }

    /// <summary>True for connect, false for disconnect, null for anything else.</summary>
    public bool? Connects { get; private set; }

    /// <summary>Whether it is a ping that sent something.</summary>
    public readonly bool IsPing => Type == "ping";

    /// <summary>Whether it is a change of connection.</summary>
    public readonly bool IsConnection => Type == "connection";

    /// <summary>Reads one record; allocates nothing when it is sound.</summary>
    /// <param name="record">A JSON object.</param>
    /// <param name="result">What it says.</param>
    /// <param name="problem">What is wrong with it, naming the field; null when sound.</param>
    public static bool TryRead(ReadOnlySpan<byte> record, out AtlasResult result, out string? problem)
    {
        result = default;
        try
        {
            var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = 64 });
            problem = reader.Read() && reader.TokenType == JsonTokenType.StartObject ? result.ReadMembers(ref reader) : "not an object";
            // Throws if anything follows.
            if (problem is null)
                reader.Read();
            problem ??= result.Lacks();
        }
        catch (JsonException)
        {
            problem = "no whole JSON";
        }
        catch (InvalidOperationException)
        {
            problem = "no valid UTF-8";
        }
        return problem is null;
    }

    private string? ReadMembers(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Field(reader.ValueSpan);
            reader.Read();
            if (field == Seen.Nothing)
            {
                reader.Skip();
                continue;
            }
            if ((seen & field) != 0)
                return "a field stands twice";
            seen |= field;
            if (Take(field, ref reader) is { } problem)
                return problem;
        }
        return null;
    }

    private static Seen Field(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("type"u8) => Seen.Type,
        4 when name.SequenceEqual("sent"u8) => Seen.Sent,
        4 when name.SequenceEqual("rcvd"u8) => Seen.Received,
        5 when name.SequenceEqual("event"u8) => Seen.Event,
        6 when name.SequenceEqual("prb_id"u8) => Seen.Probe,
        6 when name.SequenceEqual("msm_id"u8) => Seen.Measurement,
        9 when name.SequenceEqual("timestamp"u8) => Seen.Timestamp,
        _ => Seen.Nothing,
    };

    private string? Take(Seen field, ref Utf8JsonReader reader)
    {
        if (field is Seen.Type or Seen.Event)
        {
            if (reader.TokenType != JsonTokenType.String)
                return field == Seen.Type ? "type: no text" : "event: no text";
            if (field == Seen.Type)
                Type = TypeName(ref reader);
            else
                Connects = reader.ValueTextEquals("connect"u8) ? true : reader.ValueTextEquals("disconnect"u8) ? false : null;
            return null;
        }
        if (!TryWhole(ref reader, out var whole))
            return field switch
            {
                Seen.Probe => "prb_id: no whole number",
                Seen.Measurement => "msm_id: no whole number",
                Seen.Timestamp => "timestamp: no whole number",
                Seen.Sent => "sent: no whole number",
                _ => "rcvd: no whole number",
            };
        switch (field)
        {
            case Seen.Probe when whole is < 0 or > int.MaxValue:
                return "prb_id: out of range";
            case Seen.Probe:
                Probe = (int)whole;
                return null;
            case Seen.Measurement:
                Measurement = whole;
                return null;
            case Seen.Timestamp:
                Timestamp = whole;
                return null;
            case Seen.Sent:
                Sent = (int)Math.Clamp(whole, -1, int.MaxValue);
                return Sent < 0 ? "sent: negative" : null;
            default:
                Received = (int)Math.Clamp(whole, -1, int.MaxValue);
                return Received < 0 ? "rcvd: negative" : null;
        }
    }

    private string? Lacks()
    {
        // Firmware before 4460 names no type.
        if (Type is null && (seen & (Seen.Sent | Seen.Received)) == (Seen.Sent | Seen.Received))
            Type = "ping";
        if (!IsPing && !IsConnection)
            return Type is null ? "type: missing" : null;
        if ((seen & Seen.Probe) == 0)
            return "prb_id: missing";
        if (Timestamp is < Earliest or > Latest)
            return Timestamp is > Earliest * 1000 and < Latest * 1000 ? "timestamp: in milliseconds" : "timestamp: out of range";
        return IsConnection && Connects is null ? "event: neither connect nor disconnect" : null;
    }

    // The known names are constants, so that naming a type allocates nothing.
    private static string TypeName(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("ping"u8) ? "ping"
        : reader.ValueTextEquals("connection"u8) ? "connection"
        : reader.ValueTextEquals("traceroute"u8) ? "traceroute"
        : reader.ValueTextEquals("dns"u8) ? "dns"
        : reader.ValueTextEquals("http"u8) ? "http"
        : reader.ValueTextEquals("sslcert"u8) ? "sslcert"
        : reader.ValueTextEquals("ntp"u8) ? "ntp"
        : reader.ValueTextEquals("wifi"u8) ? "wifi"
        : reader.ValueTextEquals("uptime"u8) ? "uptime"
        : reader.GetString() is { Length: <= 20 } name ? name : "unknown";

    // Old firmware sends numbers as text; "3.0" and 3e0 are whole numbers too.
    private static bool TryWhole(ref Utf8JsonReader reader, out long whole)
    {
        whole = 0;
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
            return false;
        var text = reader.ValueSpan;
        if (Utf8Parser.TryParse(text, out whole, out var used) && used == text.Length)
            return true;
        var isNumber = Utf8Parser.TryParse(text, out double number, out used) && used == text.Length;
        if (!isNumber || !(Math.Abs(number) < 1e15) || number != Math.Floor(number))
            return false;
        whole = (long)number;
        return true;
    }
}
