using System.Text;
using Pharos.Outages.Tests;

namespace Pharos.Pipeline.Tests;

public class EventLogTests
{
    public static TheoryData<int> Numbers => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_revision_survives_the_log(int index)
    {
        var revision = PostOffice.Revisions[index];
        var bytes = RevisionJson.Write(revision);
        var read = RevisionJson.Read(bytes);
        Assert.Equal(bytes, RevisionJson.Write(read));
        Assert.Equal(revision.Found.Dips, read.Found.Dips);
        Assert.Equal(revision with { Found = read.Found }, read);
        Assert.Equal(revision.Found with { Dips = read.Found.Dips }, read.Found);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void What_is_no_revision_is_refused(string text) =>
        Assert.Throws<System.Text.Json.JsonException>(() => RevisionJson.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task F4_revisions_are_appended_once_and_never_changed()
    {
        using var post = new PostOffice();
        await post.Events.Append(PostOffice.Revisions, default);
        await post.Events.Append(PostOffice.Revisions, default);
        await Assert.ThrowsAsync<ConflictException>(() => post.Events.Append([Sample.Outage with { Reason = "Something else." }], default));
        Assert.Equal([1, 2, 3, 4], (await post.Events.Read(Sample.NorthKorea.Country, Sample.Event, default)).Select(revision => revision.Number));
        Assert.Empty(await post.Events.Read(Sample.NorthKorea.Country, "00c0ffee", default));
    }

    [Fact]
    public async Task The_list_of_the_ledger_holds_what_may_still_change_and_forgets_the_rest_for_good()
    {
        using var post = new PostOffice();
        await post.Events.Append(PostOffice.Revisions, default);
        await post.Events.Append([Sample.Unstable with { Event = "ffffffffffffffff" }], default);
        var closed = Sample.Ended.Found.Closed!.Value;
        Assert.Equal([4, 1], (await post.Events.Told(Sample.NorthKorea.Country, closed, default)).OrderBy(told => told.Event, StringComparer.Ordinal).Select(told => told.Number));
        Assert.Equal("ffffffffffffffff", Assert.Single(await post.Events.Told(Sample.NorthKorea.Country, closed + (5 * Bin.PerDay), default)).Event);
        Assert.Single(await post.Events.Told(Sample.NorthKorea.Country, closed, default));
        Assert.Equal(2, (await post.Events.Latest(Sample.NorthKorea.Country, default)).Count);
    }
}
