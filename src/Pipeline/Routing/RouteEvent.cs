namespace Pharos.Pipeline;

/// <summary>What happened to a route or a peer.</summary>
public enum RouteChange
{
    /// <summary>A table begins: the routes that follow are all there are.</summary>
    TableStart,

    /// <summary>A route of the table.</summary>
    TableRoute,

    /// <summary>The table was read whole.</summary>
    TableEnd,

    /// <summary>A peer announced a route to the prefix.</summary>
    Announced,

    /// <summary>A peer withdrew its route to the prefix.</summary>
    Withdrawn,

    /// <summary>A peer has announced all it has of the family of the prefix (RFC 4724, 2).</summary>
    EndOfRib,

    /// <summary>The session with a peer came up: it will announce all its routes anew.</summary>
    PeerUp,

    /// <summary>The session with a peer went down: nothing more is heard of its routes.</summary>
    PeerDown,
}

/// <summary>One change, from whichever format told it.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Time">When, seconds since 1970-01-01T00:00Z.</param>
/// <param name="Peer">Whose route or session; <c>default</c> for the table as a whole.</param>
/// <param name="Prefix">To where; <c>default</c> where it is about a peer. For <see cref="RouteChange.EndOfRib"/> only its family counts.</param>
/// <param name="Origin">AS number at the end of the path; 0 when unknown, a set, or not announced.</param>
/// <param name="PathId">Which of the peer's routes (RFC 7911); null on the usual sessions with one route to each prefix.</param>
public record struct RouteEvent(RouteChange Change, long Time, Peer Peer, Prefix Prefix = default, uint Origin = 0, uint? PathId = null);

/// <summary>Who hears of changes.</summary>
public interface IRouteSink
{
    /// <summary>Takes one change, in the order of the source.</summary>
    void Take(in RouteEvent change);
}
