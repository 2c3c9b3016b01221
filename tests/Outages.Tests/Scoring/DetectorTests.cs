namespace Pharos.Outages.Tests;

public class DetectorTests
{
    private static readonly (string, string, double)[] December2014 =
    [
        ("2014-12-19T22:05", "2014-12-19T22:20", .5),
        ("2014-12-20T09:30", "2014-12-20T09:40", .25), ("2014-12-20T20:10", "2014-12-20T20:25", .5),
        ("2014-12-21T14:00", "2014-12-21T14:10", .5), ("2014-12-21T16:10", "2014-12-21T16:20", .5), ("2014-12-21T17:50", "2014-12-21T18:05", .5),
        ("2014-12-21T19:00", "2014-12-21T19:10", .5), ("2014-12-21T20:20", "2014-12-21T20:40", .75), ("2014-12-21T21:30", "2014-12-21T21:45", .75),
        ("2014-12-21T22:20", "2014-12-21T22:45", .75), ("2014-12-21T23:15", "2014-12-21T23:45", .75),
        ("2014-12-22T00:30", "2014-12-22T00:55", .75), ("2014-12-22T02:00", "2014-12-22T02:30", .75), ("2014-12-22T03:10", "2014-12-22T03:45", .75),
        ("2014-12-22T05:00", "2014-12-22T05:40", .75), ("2014-12-22T06:20", "2014-12-22T07:05", .75), ("2014-12-22T08:00", "2014-12-22T08:50", .75),
        ("2014-12-22T09:40", "2014-12-22T10:40", .75), ("2014-12-22T11:20", "2014-12-22T12:15", 1), ("2014-12-22T13:00", "2014-12-22T14:10", .75),
        ("2014-12-22T14:50", "2014-12-22T15:50", 1),
        ("2014-12-22T16:15", "2014-12-23T01:45", 1), ("2014-12-23T07:55", "2014-12-23T08:25", 1), ("2014-12-23T15:40", "2014-12-23T16:15", 1),
    ];

    [Fact]
    public void S5_north_korea_is_unstable_then_worsening_then_gone_and_back()
    {
        var (state, found) = Given.A("KP").With(Signals.IodaBgp, 4, 0, Given.Drops(December2014)).Through(Given.At("2014-12-25T23:55"));
        var states = found.Aggregate(new List<(State, Bin)>(), (list, next) =>
        {
            if (list.Count == 0 || list[^1].Item1 != next.State)
                list.Add((next.State, next.Bin));
            return list;
        });
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', states));
        foreach (var e in state.Events())
            TestContext.Current.TestOutputHelper!.WriteLine($"{e.Start} {e.End} {e.Class} {e.Depth} {e.Dips.Count} {e.WorseningSince}");
        Assert.Equal(Now.Down, found.Single(a => a.Bin == Given.At("2014-12-22T16:20")).Now);
    }
}
