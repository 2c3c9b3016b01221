namespace Pharos.Pipeline;

/// <summary>Prefixes of one address family in MP_REACH_NLRI or MP_UNREACH_NLRI (RFC 4760, 3 and 4).</summary>
internal readonly ref struct FamilyRoutes(int afi, int safi, ReadOnlySpan<byte> nextHop, ReadOnlySpan<byte> nlri)
{
    public const int Unicast = 1, UnicastAndMulticast = 3;

    /// <summary>1 IPv4, 2 IPv6; 0 when the attribute is not there.</summary>
    public int Afi { get; } = afi;

    /// <summary>1 unicast, 2 multicast, 3 both; others are no plain prefixes.</summary>
    public int Safi { get; } = safi;

    public ReadOnlySpan<byte> NextHop { get; } = nextHop;

    public ReadOnlySpan<byte> Nlri { get; } = nlri;

    public bool There => Afi != 0;

    /// <summary>Whether its prefixes are plain ones of IPv4 or IPv6.</summary>
    public bool IsPlain => Afi is 1 or 2 && Safi is >= Unicast and <= UnicastAndMulticast;

    public bool V6 => Afi == 2;
}

/// <summary>The path attributes of a route (RFC 4271, 4.3) as views of the octets; those not named here are passed over.</summary>
internal ref struct PathAttributes
{
    private const int OriginType = 1, AsPathType = 2, NextHopType = 3, MedType = 4, LocalPrefType = 5, AtomicType = 6, AggregatorType = 7, CommunitiesType = 8,
        ReachType = 14, UnreachType = 15, As4PathType = 17, As4AggregatorType = 18;

    private const int ExtendedLength = 0x10;

    private ulong seen;

    public int AsnSize { get; private init; }
    public int Origin { get; private set; }
    public ReadOnlySpan<byte> AsPath { get; private set; }
    public ReadOnlySpan<byte> As4Path { get; private set; }
    public uint NextHop { get; private set; }
    public uint Med { get; private set; }
    public uint LocalPref { get; private set; }
    public ReadOnlySpan<byte> Aggregator { get; private set; }
    public ReadOnlySpan<byte> As4Aggregator { get; private set; }
    public ReadOnlySpan<byte> Communities { get; private set; }
    public FamilyRoutes Reach { get; private set; }
    public FamilyRoutes Unreach { get; private set; }

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
        var rest = new Octets(octets);
        while (rest.Any)
        {
            var (flags, type) = (rest.U8(), rest.U8());
            var value = rest.Take((flags & ExtendedLength) != 0 ? rest.U16() : rest.U8());
            if (rest.Short)
            {
                why = "a path attribute is longer than what is left";
                return false;
            }
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
        attributes.Merge();
        return true;
    }

    private bool Take(int type, ReadOnlySpan<byte> value, bool table)
    {
        var octets = new Octets(value);
        switch (type)
        {
            case OriginType:
                Origin = octets.U8();
                return value.Length == 1;
            case AsPathType:
                AsPath = value;
                return Pipeline.AsPath.IsWhole(value, AsnSize);
            case NextHopType:
                NextHop = octets.U32();
                return value.Length == 4;
            case MedType:
                Med = octets.U32();
                return value.Length == 4;
            case LocalPrefType:
                LocalPref = octets.U32();
                return value.Length == 4;
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
                Reach = table && value.Length > 0 && value[0] != 0 ? NextHopOnly(ref octets) : WholeReach(ref octets);
                return !octets.Short;
            case UnreachType:
                Unreach = new FamilyRoutes(octets.U16(), octets.U8(), default, octets.Rest);
                return !octets.Short;
            default:
                return true;
        }
    }

    // AS4 attributes count on sessions of two octets only, and not when somebody who knows none has aggregated since (RFC 6793, 4.2.3).
    private void Merge()
    {
        const int asTrans = 23456;
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
