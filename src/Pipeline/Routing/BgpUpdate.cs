using System.Buffers.Binary;

namespace Pharos.Pipeline;

/// <summary>A BGP UPDATE message (RFC 4271, 4.3) as views of the octets.</summary>
internal ref struct BgpUpdate
{
    /// <summary>Why an UPDATE that is not <see cref="IsWhole"/> cannot be read.</summary>
    public const string Unended = "a list of prefixes that does not end where it should";

    private const int MarkerLength = 16, HeaderLength = 19, UpdateType = 2;

    public ReadOnlySpan<byte> Withdrawn, Announced;
    public PathAttributes Attributes;

    /// <summary>Whether the message says nothing about IPv4 but that the table is sent (RFC 4724, 2).</summary>
    public readonly bool EndsIpv4 => Withdrawn.IsEmpty && Announced.IsEmpty && !Attributes.Reach.There && !Attributes.Unreach.There && Attributes.AsPath.IsEmpty;

    /// <summary>Whether the message says that the table of the family of MP_UNREACH_NLRI is sent (RFC 4724, 2).</summary>
    public readonly bool EndsFamily => Withdrawn.IsEmpty && Announced.IsEmpty && !Attributes.Reach.There && Attributes.Unreach is { There: true, Nlri.IsEmpty: true };

    /// <summary>Reads a message with its header; false with the reason when it is malformed, and with none when it is no UPDATE.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int asnSize, out BgpUpdate update, out string? why)
    {
        update = default;
        var length = message.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(message[MarkerLength..]);
        why = length < HeaderLength ? "a BGP message without a whole header"
            : message[..MarkerLength].ContainsAnyExcept((byte)0xff) ? "a BGP message without marker"
            : length > message.Length ? "a BGP message longer than its record"
            : null;
        if (why is not null || message[HeaderLength - 1] != UpdateType)
            return false;
        var octets = new Octets(message[HeaderLength..length]);
        update.Withdrawn = octets.Take(octets.U16());
        var attributes = octets.Take(octets.U16());
        update.Announced = octets.Rest;
        if (octets.Short)
            why = "an UPDATE shorter than its parts";
        else if (PathAttributes.TryRead(attributes, asnSize, table: false, out update.Attributes, out var wrong))
            return true;
        else
            why = wrong;
        return false;
    }

    /// <summary>Whether all lists of prefixes end where they should. Where they do not, a prefix before the end may be none: path identifiers may be missing or unexpected.</summary>
    public readonly bool IsWhole(bool addPath)
    {
        return Prefixes.AreWhole(Withdrawn, false, addPath) && Prefixes.AreWhole(Announced, false, addPath) &&
            (!Attributes.Reach.IsPlain || Prefixes.AreWhole(Attributes.Reach.Nlri, Attributes.Reach.V6, addPath)) &&
            (!Attributes.Unreach.IsPlain || Prefixes.AreWhole(Attributes.Unreach.Nlri, Attributes.Unreach.V6, addPath));
    }
}

/// <summary>A list of prefixes as NLRI (RFC 4271, 4.3), each with a path identifier where the session has them (RFC 7911, 3).</summary>
internal ref struct Prefixes(ReadOnlySpan<byte> nlri, bool v6, bool addPath)
{
    private ReadOnlySpan<byte> rest = nlri;

    public uint PathId;
    private byte length;
    private ReadOnlySpan<byte> octets;

    public readonly Prefix Current => Prefix.Read(octets, length, v6);

    /// <summary>Moves on to the next; false at the end, and where the list does not end as it should.</summary>
    public bool Next()
    {
        if (addPath && rest.Length > 4)
        {
            PathId = BinaryPrimitives.ReadUInt32BigEndian(rest);
            rest = rest[4..];
        }
        if (rest.IsEmpty)
            return false;
        length = rest[0];
        var taken = 1 + ((length + 7) >> 3);
        if (length > (v6 ? 128 : 32) || taken > rest.Length)
        {
            rest = default;
            return false;
        }
        octets = rest[1..];
        rest = rest[taken..];
        return true;
    }

    /// <summary>Whether a list ends where its last prefix does, and no length is too long.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> nlri, bool v6, bool addPath)
    {
        var (most, before) = (v6 ? 128 : 32, addPath ? 4 : 0);
        var at = 0;
        while (at + before < nlri.Length && nlri[at + before] is var length && length <= most)
            at += before + 1 + ((length + 7) >> 3);
        return at == nlri.Length;
    }
}
