namespace Pharos.Pipeline;

/// <summary>A BGP UPDATE message (RFC 4271, 4.3) as views of the octets.</summary>
internal ref struct BgpUpdate
{
    /// <summary>Why an UPDATE that is not <see cref="IsWhole"/> cannot be read.</summary>
    public const string Unended = "a list of prefixes that does not end where it should";

    private const int MarkerLength = 16, UpdateType = 2;

    public ReadOnlySpan<byte> Withdrawn { get; private set; }
    public PathAttributes Attributes { get; private set; }
    public ReadOnlySpan<byte> Announced { get; private set; }

    /// <summary>Whether the message says nothing about IPv4 but that the table is sent (RFC 4724, 2).</summary>
    public readonly bool EndsIpv4 => Withdrawn.IsEmpty && Announced.IsEmpty && !Attributes.Reach.There && !Attributes.Unreach.There && Attributes.AsPath.IsEmpty;

    /// <summary>Whether the message says that the table of the family of MP_UNREACH_NLRI is sent (RFC 4724, 2).</summary>
    public readonly bool EndsFamily => Withdrawn.IsEmpty && Announced.IsEmpty && !Attributes.Reach.There && Attributes.Unreach is { There: true, Nlri.IsEmpty: true };

    /// <summary>Reads a message with its header; false with the reason when it is malformed, and with none when it is no UPDATE.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int asnSize, out BgpUpdate update, out string? why)
    {
        update = default;
        var octets = new Octets(message);
        var marker = octets.Take(MarkerLength);
        var (length, type) = (octets.U16(), octets.U8());
        why = octets.Short || length < MarkerLength + 3 ? "a BGP message without a whole header"
            : marker.ContainsAnyExcept((byte)0xff) ? "a BGP message without marker"
            : length > message.Length ? "a BGP message longer than its record"
            : null;
        if (why is not null || type != UpdateType)
            return false;
        octets = new Octets(message[(MarkerLength + 3)..length]);
        update.Withdrawn = octets.Take(octets.U16());
        var attributes = octets.Take(octets.U16());
        update.Announced = octets.Rest;
        if (octets.Short)
        {
            why = "an UPDATE shorter than its parts";
            return false;
        }
        var good = PathAttributes.TryRead(attributes, asnSize, table: false, out var read, out why);
        update.Attributes = read;
        why = good ? null : why;
        return good;
    }

    /// <summary>Whether all lists of prefixes end where they should. Where they do not, a prefix before the end may be none: path identifiers may be missing or unexpected.</summary>
    public readonly bool IsWhole(bool addPath)
    {
        var reach = Attributes.Reach;
        var unreach = Attributes.Unreach;
        return Prefixes.AreWhole(Withdrawn, false, addPath) && Prefixes.AreWhole(Announced, false, addPath) &&
            (!reach.IsPlain || Prefixes.AreWhole(reach.Nlri, reach.V6, addPath)) && (!unreach.IsPlain || Prefixes.AreWhole(unreach.Nlri, unreach.V6, addPath));
    }
}

/// <summary>A list of prefixes as NLRI (RFC 4271, 4.3), each with a path identifier where the session has them (RFC 7911, 3).</summary>
internal ref struct Prefixes(ReadOnlySpan<byte> nlri, bool v6, bool addPath)
{
    private Octets octets = new(nlri);

    public uint PathId { get; private set; }

    public Prefix Current { get; private set; }

    public bool Next()
    {
        if (!octets.Any)
            return false;
        if (addPath)
            PathId = octets.U32();
        Current = octets.Prefix(v6);
        return !octets.Short;
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
