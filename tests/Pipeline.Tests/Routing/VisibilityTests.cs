namespace Pharos.Pipeline.Tests;

public class VisibilityTests
{
    [Fact]
    public void A_country_whose_routes_most_peers_withdraw_is_gone_and_its_neighbour_is_not()
    {
        var world = new RoutingWorld();
        world.Table(0, [0, 1, 2], "10.0.0.0/17", "10.0.128.0/17", "10.1.0.0/23", "2001:db8::/33");
        world.Tell(RouteChange.Withdrawn, 310, 0, "10.0.0.0/17", "10.0.128.0/17", "2001:db8::/33");
        world.Tell(RouteChange.Withdrawn, 610, 1, "10.0.0.0/17", "10.0.128.0/17", "2001:db8::/33");
        world.Tracker.Close();
        Assert.Equal((1, 1, 3), world.Row(0, "AT"));
        Assert.Equal((1, 1, 3), world.Row(1, "AT"));
        Assert.Equal((0, 0, 3), world.Row(2, "AT"));
        Assert.Equal((0.5, 1, 3), world.Row(2, "BR"));
        Assert.Equal((null, 0, 3), world.Row(2, "AT", v6: true));
    }

    [Fact]
    public void Half_of_the_peers_are_not_more_than_half()
    {
        var world = new RoutingWorld();
        world.Table(0, [0, 1], "10.0.0.0/16");
        world.Tell(RouteChange.Withdrawn, 310, 0, "10.0.0.0/16");
        world.Tracker.Close();
        Assert.Equal((1, 1, 2), world.Row(0, "AT"));
        Assert.Equal((0, 0, 2), world.Row(1, "AT"));
    }

    [Fact]
    public void An_address_in_two_prefixes_counts_once_and_a_default_route_for_nothing()
    {
        var world = new RoutingWorld();
        world.Table(0, [0], "0.0.0.0/0", "10.0.0.0/17", "10.0.64.0/18", "10.0.64.0/24", "10.0.255.0/24");
        world.Tracker.Close();
        Assert.Equal((0.5 + (1 / 256.0), 1, 1), world.Row(0, "AT"));
        Assert.Equal((0, null, 1), world.Row(0, "BR"));
    }

    [Fact]
    public void A_prefix_across_two_countries_covers_both()
    {
        var world = new RoutingWorld();
        world.Table(0, [0], "10.0.0.0/15");
        world.Tracker.Close();
        Assert.Equal((1, 1, 1), world.Row(0, "AT"));
        Assert.Equal((1, null, 1), world.Row(0, "BR")); // Its addresses are seen; the prefix is Austria's.
    }

    [Fact]
    public void A_reset_is_no_withdrawal_and_what_is_not_told_again_goes_when_the_peer_is_done()
    {
        var world = new RoutingWorld();
        world.Table(0, [0, 1, 2], "10.0.0.0/17", "10.0.128.0/17");
        world.Tell(RouteChange.Withdrawn, 10, 0, "10.0.0.0/17");
        world.Tell(RouteChange.PeerDown, 310, 1);
        world.Tell(RouteChange.PeerUp, 610, 1);
        world.Tell(RouteChange.Announced, 620, 1, "10.0.128.0/17");
        world.Tell(RouteChange.EndOfRib, 910, 1);
        world.Tracker.Close();
        Assert.Equal([(1, 1, 3), (1, 1, 2), (1, 1, 2), (0.5, 0.5, 3)], Enumerable.Range(0, 4).Select(bin => world.Row(bin, "AT")));
    }

    [Fact]
    public void A_peer_that_never_says_it_is_done_is_taken_to_be_after_half_an_hour()
    {
        var world = new RoutingWorld();
        world.Table(0, [0, 1, 2], "10.0.0.0/17", "10.0.128.0/17");
        world.Tell(RouteChange.PeerUp, 10, 0);
        world.Tell(RouteChange.PeerUp, 10, 1);
        world.Tell(RouteChange.Announced, 20, 0, "10.0.128.0/17");
        world.Tell(RouteChange.Announced, 20, 1, "10.0.128.0/17");
        world.Tell(RouteChange.Announced, 1500, 2, "10.0.128.0/17");
        world.Tell(RouteChange.Announced, 1800, 2, "10.0.128.0/17");
        world.Tracker.Close();
        Assert.Equal((null, null, 1), world.Row(5, "AT")); // Two of three are not done: nothing can be said.
        Assert.Equal((0.5, 0.5, 3), world.Row(6, "AT"));
    }

    [Fact]
    public void A_table_that_is_cut_changes_nothing_and_one_from_the_past_neither()
    {
        var world = new RoutingWorld();
        world.Table(600, [0, 1, 2], "10.0.0.0/16");
        world.Tell(RouteChange.TableStart, 910, 0);
        world.Tell(RouteChange.TableRoute, 910, 0, "10.1.0.0/24");
        world.Tell(RouteChange.Announced, 920, 0, "10.0.0.0/16");
        world.Table(300, [0, 1, 2], "10.1.0.0/24");
        world.Tracker.Close();
        Assert.Equal((1, 1, 3), world.Row(3, "AT"));
        Assert.Equal((0, null, 3), world.Row(3, "BR"));
    }

    [Fact]
    public void Few_routes_make_no_full_feed()
    {
        var world = new RoutingWorld(new FullFeed(2, 1));
        world.Table(0, [0, 1, 2], "10.0.0.0/16");
        world.Tracker.Close();
        Assert.Equal((null, null, 0), world.Row(0, "AT"));
    }

    [Fact]
    public void Silence_is_no_bin()
    {
        var world = new RoutingWorld();
        world.Table(0, [0], "10.0.0.0/16");
        world.Tell(RouteChange.Announced, 3600, 0, "10.0.0.0/16");
        world.Tracker.Close();
        world.Tracker.Close();
        Assert.Equal([0, 12], world.Bins.Keys);
    }
}
