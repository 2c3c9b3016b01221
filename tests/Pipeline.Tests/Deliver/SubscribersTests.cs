using System.Text;

namespace Pharos.Pipeline.Tests;

public class SubscribersTests
{
    [Fact]
    public void A_subscribers_file_reads_as_written()
    {
        var read = SubscribersFile.Parse("""
            [
              // the desk
              { "address": "Desk@example.org", "name": "Desk", "countries": ["KP", "IR"], "minimum_severity": 2.5, "minimum_confidence": 0.8, "time_zone": "Asia/Tehran" },
              { "id": "all", "address": "all@example.org" },
            ]
            """u8);
        Assert.Equal(["desk@example.org", "all"], read.Select(subscription => subscription.Id));
        Assert.Equal(["KP", "IR"], read[0].Countries.Select(country => country.Code));
        Assert.Equal((2.5, .8, "Asia/Tehran"), (read[0].MinimumSeverity, read[0].MinimumConfidence, read[0].TimeZone));
        Assert.True(read[1].Covers(Country.Parse("FR")));
    }

    [Theory]
    [InlineData("{}", "line 1, the list: the file is a JSON array")]
    [InlineData("[\n{ \"address\": \"a@example.org\",\n \"countries\": [\"KP\", \"kp\"] }]", "line 3, countries[1]: 'kp' is not")]
    [InlineData("[{ \"name\": \"x\" }]", "line 1, address: it is missing")]
    [InlineData("[\n\n{ \"address\": \"nobody\" }]", "line 3, address: 'nobody' is no mail address")]
    [InlineData("[{ \"address\": \"a@example.org\\nBcc: b@example.org\" }]", "address: ")]
    [InlineData("[{ \"address\": \"a@example.org\", \"minimum_severity\": 11 }]", "minimum_severity: it is a number from 0 to 10")]
    [InlineData("[{ \"address\": \"a@example.org\", \"minimum_confidence\": \"0.8\" }]", "minimum_confidence: it is a number from 0 to 1")]
    [InlineData("[{ \"address\": \"a@example.org\", \"time_zone\": \"Mars\" }]", "time_zone: 'Mars' is no time zone")]
    [InlineData("[{ \"adress\": \"a@example.org\" }]", "adress: there is no such field")]
    [InlineData("[{ \"address\": \"a@example.org\" },\n{ \"address\": \"a@example.org\" }]", "line 2, id: 'a@example.org' is there twice")]
    [InlineData("[{ \"address\": ", "line 1: this is no JSON")]
    public void An_error_names_line_and_field(string file, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => SubscribersFile.Parse(Encoding.UTF8.GetBytes(file))).Message);

    [Fact]
    public async Task Who_leaves_the_file_leaves_the_table_and_others_stay()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("by-hand"), default);
        await post.Subscribers.Load("""[{ "address": "a@example.org" }, { "address": "b@example.org" }]"""u8.ToArray(), default);
        await post.Subscribers.Load("""[{ "address": "b@example.org", "name": "B" }]"""u8.ToArray(), default);
        await Assert.ThrowsAsync<FormatException>(() => post.Subscribers.Load("[{}]"u8.ToArray(), default));
        Assert.Equal(["b@example.org", "by-hand"], (await post.Subscribers.All(default)).Select(subscription => subscription.Id).Order());
        Assert.Equal("B", (await post.Subscribers.All(default)).Single(subscription => subscription.Id != "by-hand").DisplayName);
    }
}
