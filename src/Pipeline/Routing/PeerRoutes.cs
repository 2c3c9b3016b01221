using System.Numerics;

namespace Pharos.Pipeline;

/// <summary>
/// What one peer has told of one family: a bit for each prefix of the table. When its session goes down its routes are held as they were, and when it comes up
/// again they are replaced only once it has told them anew (the stale routes of RFC 4724, 4.2): a reset is never a withdrawal.
/// </summary>
internal sealed class PeerRoutes(Peer peer)
{
    /// <summary>How long a peer may take to tell all its routes after its session came up, when it never says that it is done: 30 minutes.</summary>
    public const int RelearnSeconds = 1800;

    public Peer Peer { get; } = peer;

    /// <summary>A bit for each prefix by its number.</summary>
    public ulong[] Held { get; set; } = [];

    /// <summary>Which of them were told since the session came up; null when it has been told all.</summary>
    public ulong[]? Fresh { get; set; }

    /// <summary>Whether the session is up.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>When the session last went down or came up, seconds since 1970; 0 when it never did.</summary>
    public long Since { get; set; }

    /// <summary>Whether what is held is what the peer has now.</summary>
    public bool IsCurrent => IsUp && Fresh is null;

    public int Count() => Held.Sum(BitOperations.PopCount);

    public void Down(long since) => (IsUp, Fresh, Since) = (false, null, since);

    public void Up(long since) => (IsUp, Fresh, Since) = (true, [], since);

    /// <summary>Takes the peer to have told all when its time for that is over.</summary>
    public void Age(long now)
    {
        if (Fresh is not null && now > Since + RelearnSeconds)
            Told();
    }

    public void Told()
    {
        Held = Fresh ?? Held;
        Fresh = null;
    }

    public void Set(int prefix)
    {
        Held = Mark(Held, prefix);
        if (Fresh is not null)
            Fresh = Mark(Fresh, prefix);
    }

    public void Clear(int prefix)
    {
        Unmark(Held, prefix);
        if (Fresh is not null)
            Unmark(Fresh, prefix);
    }

    public static ulong[] Mark(ulong[] bits, int at)
    {
        if (at >> 6 >= bits.Length)
            Array.Resize(ref bits, Math.Max((at >> 6) + 1, bits.Length + (bits.Length >> 2)));
        bits[at >> 6] |= 1UL << at;
        return bits;
    }

    private static void Unmark(ulong[] bits, int at)
    {
        if (at >> 6 < bits.Length)
            bits[at >> 6] &= ~(1UL << at);
    }
}
