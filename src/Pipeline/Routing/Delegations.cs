using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>A run of addresses delegated to holders in one country; not always a prefix.</summary>
/// <param name="First">The first address as a number.</param>
/// <param name="Last">The last address.</param>
/// <param name="Country">The country of registration, which need not be where they are used.</param>
public readonly record struct AddressRange(UInt128 First, UInt128 Last, Country Country);

/// <summary>
/// Which addresses are delegated to which country: the extended statistics files of the regional registries or of the NRO, "RIR statistics exchange format",
/// version 2 and later. Ranges are ordered and do not overlap.
/// </summary>
public sealed class Delegations
{
    private static readonly UInt128 EndOfIpv4 = UInt128.One << 32;

    private readonly AddressRange[] v4, v6;

    private Delegations(AddressRange[] v4, AddressRange[] v6) => (this.v4, this.v6) = (v4, v6);

    /// <summary>The ranges of one family, ordered.</summary>
    public ReadOnlySpan<AddressRange> Ranges(bool ipv6) => ipv6 ? v6 : v4;

    /// <summary>The country to which the first address of a block is delegated; <c>default</c> when to none.</summary>
    public Country Of(Prefix prefix)
    {
        var ranges = prefix.V6 ? v6 : v4;
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].Last < prefix.Address)
                low = middle + 1;
            else
                high = middle;
        }
        return low < ranges.Length && ranges[low].First <= prefix.Address ? ranges[low].Country : default;
    }

    /// <summary>
    /// In: one or more files, one after the other. Out: ranges; what was left out on purpose (comments, header and summary lines, AS numbers, blocks that are
    /// available or reserved, codes such as EU and AP that are no countries) and what could not be read, both with reasons. Of two lines about the same
    /// addresses the one that starts earlier counts.
    /// </summary>
    public static Delegations Parse(TextReader text, out Sieve sieve)
    {
        sieve = new Sieve();
        var (v4, v6) = (new List<AddressRange>(), new List<AddressRange>());
        Span<Range> fields = stackalloc Range[10];
        while (text.ReadLine() is { } line)
        {
            var why = Take(line, fields, v4, v6, sieve);
            if (why is not null)
                sieve.Reject(why, System.Text.Encoding.UTF8.GetBytes(line));
        }
        return new Delegations(Disjoint(v4, sieve), Disjoint(v6, sieve));
    }

    private static string? Take(ReadOnlySpan<char> line, Span<Range> fields, List<AddressRange> v4, List<AddressRange> v6, Sieve sieve)
    {
        line = line.Trim();
        if (line.IsEmpty || line[0] == '#')
            return null;
        var count = line.Split(fields, '|');
        if (char.IsAsciiDigit(line[0]))
            return Skip("version line", sieve);
        if (count >= 6 && line[fields[5]] is "summary")
            return Skip("summary line", sieve);
        if (count < 7)
            return "fewer than seven fields";
        var (code, type, status) = (line[fields[1]].ToString(), line[fields[2]].ToString(), line[fields[6]].ToString());
        if (type is "asn")
            return Skip("asn", sieve);
        if (type is not ("ipv4" or "ipv6"))
            return "neither asn, ipv4 nor ipv6";
        if (status is not ("allocated" or "assigned"))
            return Skip($"status {status}", sieve);
        if (!Country.TryParse(code, out var country))
            return Skip($"no country: {Sieve.Excerpt(System.Text.Encoding.UTF8.GetBytes(code))}", sieve);
        if (!TryRange(type is "ipv6", line[fields[3]], line[fields[4]], country, out var range))
            return "no range of addresses";
        (type is "ipv6" ? v6 : v4).Add(range);
        return null;
    }

    private static string? Skip(string reason, Sieve sieve)
    {
        sieve.Skip(reason);
        return null;
    }

    // For IPv4 a count of addresses, which need be no power of two; for IPv6 a length of prefix.
    private static bool TryRange(bool ipv6, ReadOnlySpan<char> start, ReadOnlySpan<char> value, Country country, out AddressRange range)
    {
        range = default;
        if (!Prefix.TryAddress(start, out var first, out var v6) || v6 != ipv6 || !uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        if (ipv6 ? number > 128 : number == 0 || first + number > EndOfIpv4)
            return false;
        var rest = ipv6 ? Prefix.Rest((int)number, true) : 0;
        range = new AddressRange(first & ~rest, ipv6 ? first | rest : first + number - 1, country);
        return true;
    }

    private static AddressRange[] Disjoint(List<AddressRange> ranges, Sieve sieve)
    {
        var ordered = new List<AddressRange>(ranges.Count);
        foreach (var range in ranges.OrderBy(each => each.First)) // Stable: of equal starts the earlier line comes first.
        {
            var next = ordered.Count > 0 && ordered[^1].Last >= range.First ? range with { First = ordered[^1].Last + 1 } : range;
            if (next != range)
                sieve.Skip("addresses delegated twice");
            if (next.First <= next.Last && ordered.Count > 0 && ordered[^1] is var last && last.Country == next.Country && last.Last + 1 == next.First)
                ordered[^1] = last with { Last = next.Last };
            else if (next.First <= next.Last)
                ordered.Add(next);
        }
        return [.. ordered];
    }
}
