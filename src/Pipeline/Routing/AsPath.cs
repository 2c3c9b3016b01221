using System.Buffers.Binary;

namespace Pharos.Pipeline;

/// <summary>AS_PATH and AS4_PATH (RFC 4271, 4.3; RFC 5065; RFC 6793): segments of AS numbers of two or four octets.</summary>
internal static class AsPath
{
    private const int Set = 1, Sequence = 2, ConfederationSequence = 3, ConfederationSet = 4;

    /// <summary>Whether the octets are whole segments of known types.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> path, int size)
    {
        while (path.Length >= 2 && path[0] is >= Set and <= ConfederationSet && path.Length - 2 >= path[1] * size)
            path = path[(2 + (path[1] * size))..];
        return path.IsEmpty;
    }

    /// <summary>The AS that announced the prefix: the last of the path; 0 when that is a set or there is none.</summary>
    public static uint Origin(ReadOnlySpan<byte> path, int size)
    {
        uint origin = 0;
        while (!path.IsEmpty)
        {
            var octets = path.Slice(2, path[1] * size);
            origin = path[0] != Sequence || octets.IsEmpty ? 0 : At(octets, octets.Length - size, size);
            path = path[(2 + octets.Length)..];
        }
        return origin;
    }

    /// <summary>AS numbers in a path; a set counts as one, a confederation as none (RFC 6793, 4.2.3; RFC 5065, 5.3).</summary>
    public static int Count(ReadOnlySpan<byte> path, int size)
    {
        var count = 0;
        for (; !path.IsEmpty; path = path[(2 + (path[1] * size))..])
            count += path[0] switch { Sequence => path[1], Set => 1, _ => 0 };
        return count;
    }

    /// <summary>
    /// Writes a path: numbers with spaces, <c>{a,b}</c> for a set, <c>(a b)</c> and <c>[a,b]</c> for confederations. With an AS4_PATH no longer than it, the
    /// path's own front is followed by that (RFC 6793, 4.2.3).
    /// </summary>
    public static void Write(ReadOnlySpan<byte> path, int size, ReadOnlySpan<byte> four, RouteText into)
    {
        var first = true;
        var own = four.IsEmpty ? int.MaxValue : Count(path, size) - Count(four, 4);
        if (own < 0)
        {
            own = int.MaxValue;
            four = default;
        }
        Write(path, size, own, into, ref first);
        Write(four, 4, int.MaxValue, into, ref first);
    }

    private static void Write(ReadOnlySpan<byte> path, int size, int most, RouteText into, ref bool first)
    {
        while (!path.IsEmpty && most > 0)
        {
            var (type, count) = (path[0], (int)path[1]);
            var octets = path.Slice(2, count * size);
            path = path[(2 + octets.Length)..];
            if (type == Sequence)
                count = Math.Min(count, most);
            most -= type switch { Sequence => count, Set => 1, _ => 0 };
            if (!first)
                into.Add(' ');
            first = false;
            if (type != Sequence)
                into.Add(type switch { Set => '{', ConfederationSet => '[', _ => '(' });
            for (var i = 0; i < count; i++)
            {
                if (i > 0)
                    into.Add(type is Set or ConfederationSet ? ',' : ' ');
                into.Add(At(octets, i * size, size));
            }
            if (type != Sequence)
                into.Add(type switch { Set => '}', ConfederationSet => ']', _ => ')' });
        }
    }

    private static uint At(ReadOnlySpan<byte> octets, int at, int size) =>
        size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(octets[at..]) : BinaryPrimitives.ReadUInt32BigEndian(octets[at..]);
}
