namespace Pharos.Pipeline.Tests;

public class AtlasResultTests
{
    private const string Ping = """{"fw":5120,"mver":"2.6.4","lts":41,"dst_name":"193.0.14.129","af":4,"ttl":54,"size":32,"result":[{"rtt":19.7},{"x":"*"},{"rtt":19.3}],"dup":0,"rcvd":2,"sent":3,"min":19.3,"max":19.7,"avg":19.5,"msm_id":1001,"prb_id":42,"timestamp":1772359210,"msm_name":"Ping","type":"ping","step":240,"stored_timestamp":1772359271}""";

    private static (AtlasResult Result, string? Problem) Read(string text)
    {
        AtlasResult.TryRead(Given.Bytes(text), out var result, out var problem);
        return (result, problem);
    }

    [Theory]
    [InlineData(Ping, 3, 2)]
    [InlineData("""{"avg":"58.0","dup":"0","fw":0,"prb_id":42,"rcvd":"3","sent":"3","timestamp":1328019792,"type":"ping"}""", 3, 3)]
    [InlineData("""{"fw":1,"msm_id":1001,"prb_id":42,"rcvd":0,"sent":3,"timestamp":1340523908}""", 3, 0)]
    [InlineData("""{"fw":"4733","prb_id":42,"sent":3.0,"rcvd":1e0,"avg":-1,"min":-1,"max":-1,"step":null,"timestamp":"1340523908","type":"ping"}""", 3, 1)]
    [InlineData("""{"fw":4600,"prb_id":42,"result":[{"error":"address not allowed"}],"timestamp":1340523908,"type":"ping"}""", 0, 0)]
    public void A_ping_of_any_firmware_is_read(string text, int sent, int received)
    {
        var (result, problem) = Read(text);
        Assert.Null(problem);
        Assert.True(result.IsPing);
        Assert.Equal((42, sent, received), (result.Probe, result.Sent, result.Received));
    }

    [Theory]
    [InlineData("""{"type":"ping","prb_id":1,"timestamp":1772359210000}""", "timestamp: in milliseconds")]
    [InlineData("""{"type":"ping","prb_id":1,"timestamp":12}""", "timestamp: out of range")]
    [InlineData("""{"type":"ping","prb_id":1,"timestamp":1e400}""", "timestamp: no whole number")]
    [InlineData("""{"type":"ping","prb_id":1,"timestamp":99999999999999999999}""", "timestamp: no whole number")]
    [InlineData("""{"type":"ping","prb_id":1,"timestamp":1772359210,"sent":-3}""", "sent: negative")]
    [InlineData("""{"type":"ping","prb_id":1,"timestamp":1772359210,"rcvd":-9223372036854775808}""", "rcvd: negative")]
    [InlineData("""{"type":"ping","prb_id":1,"prb_id":2,"timestamp":1772359210}""", "a field stands twice")]
    [InlineData("""{"type":"ping","prb_id":4294967297,"timestamp":1772359210}""", "prb_id: out of range")]
    [InlineData("""{"type":"ping","prb_id":null,"timestamp":1772359210}""", "prb_id: no whole number")]
    [InlineData("""{"type":"ping","timestamp":1772359210}""", "prb_id: missing")]
    [InlineData("""{"type":"connection","event":"explode","prb_id":1,"timestamp":1772359210}""", "event: neither connect nor disconnect")]
    [InlineData("""{"prb_id":1}""", "type: missing")]
    [InlineData("""{"type":"ping"} {}""", "no whole JSON")]
    [InlineData("""{"type":"pi""", "no whole JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("", "no whole JSON")]
    public void What_cannot_be_read_is_named(string text, string reason) => Assert.Equal(reason, Read(text).Problem);

    [Fact]
    public void Text_that_is_no_text_is_named()
    {
        var bytes = Given.Bytes("""{"type":"??","prb_id":1}""");
        bytes[9] = 0xFF;
        Assert.False(AtlasResult.TryRead(bytes, out _, out var problem));
        Assert.Equal("no valid UTF-8", problem);
    }

    [Fact]
    public void Nesting_is_followed_64_levels_deep() =>
        Assert.Equal("no whole JSON", Read($$"""{"type":"ping","x":{{new string('[', 70)}}{{new string(']', 70)}}}""").Problem);

    [Fact]
    public void Reading_a_result_allocates_nothing()
    {
        var bytes = Given.Bytes(Ping);
        for (var i = 0; i < 100; i++)
            AtlasResult.TryRead(bytes, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            AtlasResult.TryRead(bytes, out _, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Any_mutilation_of_a_result_is_read_or_named_and_never_thrown()
    {
        var random = new Random(20260301);
        var templates = new[] { Ping, """[{"type":"connection","event":"connect","prb_id":7,"timestamp":1772359210},{"x":1}]""" };
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Given.Bytes(templates[i % 2]);
            for (var hits = random.Next(1, 6); hits > 0; hits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = Inspection.Read("ripe-atlas", bytes).Lines.Count();
        }
    }
}
