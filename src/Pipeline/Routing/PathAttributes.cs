using System.Buffers.Binary;

namespace Pharos.Pipeline;

/// <summary>Prefixes of one address family in MP_REACH_NLRI or MP_UNREACH_NLRI (RFC 4760, 3 and 4).</summary>
internal readonly ref struct FamilyRoutes(int afi, int safi, ReadOnlySpan<byte> nextHop, ReadOnlySpan<byte> nlri)
{
    public const int Unicast = 1, UnicastAndMulticast = 3;

    /// <summary>1 IPv4, 2 IPv6; 0 when the attribute is not there.</summary>
    public readonly int Afi = afi;

    /// <summary>1 unicast, 2 multicast, 3 both; others are no plain prefixes.</summary>
    public readonly int Safi = safi;

    public readonly ReadOnlySpan<byte> NextHop = nextHop;

    public readonly ReadOnlySpan<byte> Nlri = nlri;

    public bool There => Afi != 0;

    /// <summary>Whether its prefixes are plain ones of IPv4 or IPv6.</summary>
    public bool IsPlain => Afi is 1 or 2 && Safi is >= Unicast and <= UnicastAndMulticast;

    /// <summary>Whether they are unicast ones: the routes of the Internet.</summary>
    public bool IsUnicast => Afi is 1 or 2 && Safi == Unicast;

    public bool V6 => Afi == 2;
}

/// <summary>The path attributes of a route (RFC 4271, 4.3) as views of the octets; those not named here are passed over.</summary>
internal ref struct PathAttributes
{
    private const int OriginType = 1, AsPathType = 2, NextHopType = 3, MedType = 4, LocalPrefType = 5, AtomicType = 6, AggregatorType = 7, CommunitiesType = 8,
        ReachType = 14, UnreachType = 15, As4PathType = 17, As4AggregatorType = 18;

    private const int ExtendedLength = 0x10;

    // Fields, because a property would copy the whole of it at each look: an update is read in some hundred nanoseconds.
    public int AsnSize, Origin;
    public uint NextHop, Med, LocalPref;
    public ReadOnlySpan<byte> AsPath, As4Path, Aggregator, As4Aggregator, Communities;
    public FamilyRoutes Reach, Unreach;
    private ulong seen;

    public readonly bool IsAtomic => (seen & (1UL << AtomicType)) != 0;

    /// <summary>The AS that announced the route; 0 when it is not one.</summary>
    public readonly uint OriginAsn => As4Path.IsEmpty ? Pipeline.AsPath.Origin(AsPath, AsnSize) : Pipeline.AsPath.Origin(As4Path, 4);

    /// <summary>Reads all attributes; false with the reason when one cannot be read.</summary>
    /// <param name="octets">The attributes without their total length.</param>
    /// <param name="asnSize">Octets of an AS number in AS_PATH: 2, or 4 (RFC 6793).</param>
    /// <param name="table">Whether they stand in a table, where MP_REACH_NLRI is the next hop only (RFC 6396, 4.3.4).</param>
    /// <param name="attributes">What was read.</param>
    /// <param name="why">The reason.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, int asnSize, bool table, out PathAttributes attributes, out string why)
    {
        attributes = new PathAttributes { AsnSize = asnSize, Origin = 2, NextHop = uint.MaxValue };
        why = "";
        while (octets.Length >= 3)
        {
            var type = octets[1];
            var (start, length) = (octets[0] & ExtendedLength) == 0 ? (3, octets[2]) : octets.Length < 4 ? (4, 0) : (4, BinaryPrimitives.ReadUInt16BigEndian(octets[2..]));
            if (start + length > octets.Length)
                break;
            var value = octets.Slice(start, length);
            octets = octets[(start + length)..];
            var known = type < 64 ? 1UL << type : 0;
            if ((attributes.seen & known) != 0)
            {
                // RFC 7606, 3 g: the first counts; of the two that carry prefixes there may be one.
                if (type is not (ReachType or UnreachType))
                    continue;
                why = "MP_REACH_NLRI or MP_UNREACH_NLRI stands twice";
                return false;
            }
            attributes.seen |= known;
            if (!attributes.Take(type, value, table))
            {
                why = "a path attribute has a wrong length or form";
                return false;
            }
        }
        if (!octets.IsEmpty)
            why = "a path attribute is longer than what is left";
        attributes.Merge();
        return octets.IsEmpty;
    }

    private bool Take(int type, ReadOnlySpan<byte> value, bool table)
    {
        switch (type)
        {
            case OriginType:
                Origin = value.Length == 1 ? value[0] : 0;
                return value.Length == 1;
            case AsPathType:
                AsPath = value;
                return Pipeline.AsPath.IsWhole(value, AsnSize);
            case NextHopType:
                return value.Length == 4 && BinaryPrimitives.TryReadUInt32BigEndian(value, out NextHop);
            case MedType:
                return value.Length == 4 && BinaryPrimitives.TryReadUInt32BigEndian(value, out Med);
            case LocalPrefType:
                return value.Length == 4 && BinaryPrimitives.TryReadUInt32BigEndian(value, out LocalPref);
            case AggregatorType:
                Aggregator = value;
                return value.Length is 6 or 8; // Its length tells the size of its AS number; OpenBGPD writes four octets where AS_PATH has two.
            case As4AggregatorType:
                As4Aggregator = value;
                return value.Length == 8;
            case CommunitiesType:
                Communities = value;
                return value.Length % 4 == 0;
            case As4PathType:
                As4Path = value;
                return Pipeline.AsPath.IsWhole(value, 4);
            case ReachType:
                var octets = new Octets(value);
                Reach = table && value.Length > 0 && value[0] != 0 ? NextHopOnly(ref octets) : WholeReach(ref octets);
                return !octets.Short;
            case UnreachType:
                if (value.Length >= 3)
                    Unreach = new FamilyRoutes(BinaryPrimitives.ReadUInt16BigEndian(value), value[2], default, value[3..]);
                return value.Length >= 3;
            default:
                return true;
        }
    }

    // AS4 attributes count on sessions of two octets only, and not when somebody who knows none has aggregated since (RFC 6793, 4.2.3).
    private void Merge()
    {
        const int asTrans = 23456;
        if (As4Path.IsEmpty && As4Aggregator.IsEmpty)
            return;
        if (AsnSize == 4 || (!Aggregator.IsEmpty && !As4Aggregator.IsEmpty && new Octets(Aggregator).Asn(Aggregator.Length - 4) != asTrans) ||
            Pipeline.AsPath.Count(As4Path, 4) > Pipeline.AsPath.Count(AsPath, AsnSize))
        {
            As4Path = default;
            As4Aggregator = default;
        }
    }

    private static FamilyRoutes NextHopOnly(scoped ref Octets octets)
    {
        var nextHop = octets.Take(octets.U8());
        return new FamilyRoutes(nextHop.Length == 4 ? 1 : 2, FamilyRoutes.Unicast, nextHop, default);
    }

    private static FamilyRoutes WholeReach(scoped ref Octets octets)
    {
        var (afi, safi) = (octets.U16(), octets.U8());
        var nextHop = octets.Take(octets.U8());
        octets.U8(); // Once a count of subnetwork points of attachment, now reserved.
        return new FamilyRoutes(afi, safi, nextHop, octets.Rest);
    }
}
