namespace Pharos.Pipeline.Tests;

public class InspectionTests
{
    [Fact]
    public void The_closing_line_counts_what_was_read_left_out_and_refused()
    {
        const string lines = """
            {"type":"ping","prb_id":1,"msm_id":1001,"timestamp":1772359210,"sent":3,"rcvd":2}
            {"type":"dns","prb_id":1,"timestamp":1772359210}
            {"type":"connection","event":"connect","prb_id":2,"timestamp":1772359210}
            {"type":"ping","prb_id":-1,"timestamp":1772359210}
            {"type":"ping","prb
            """;
        var inspected = Inspection.Read("ripe-atlas", Given.Bytes(lines));
        Assert.Equal(
            [
                """{"probe":1,"measurement":1001,"at":"2026-03-01T10:00:10Z","sent":3,"answered":2}""",
                """{"probe":2,"event":"connect","at":"2026-03-01T10:00:10Z"}""",
            ],
            inspected.Lines);
        Assert.Equal("""{"read":2,"skipped":{"type dns":1},"rejected":2,"rejects":{"prb_id: out of range":1,"truncated: no whole JSON":1}}""", inspected.Closing);
    }

    [Fact]
    public void Readings_and_probes_are_lines_too()
    {
        var readings = Inspection.Read("ioda", Given.Bytes("""{"data":[[{"entityType":"country","entityCode":"ET","datasource":"bgp","from":1772359200,"step":300,"nativeStep":300,"values":[1.5,null,2]}]]}"""));
        Assert.Equal("""{"country":"ET","signal":"ioda.bgp","bin":"2026-03-01T10:05:00Z","gap":"NotAvailable"}""", readings.Lines.ElementAt(1));
        var probe = Inspection.Read("ripe-atlas", Given.Bytes("\uFEFF{\n \"id\":7,\n \"type\":\"Probe\",\n \"status\":{\"id\":2,\"since\":\"2026-03-01T10:00:00.019180Z\"},\"country_code\":\"FR\"}"));
        Assert.Equal("""{"probe":7,"country":"FR","connected":false,"since":"2026-03-01T10:00:00Z"}""", Assert.Single(probe.Lines));
    }

    [Theory]
    [InlineData("ripestat")]
    [InlineData("ioda")]
    [InlineData("ripe-atlas")]
    public void Nothing_and_a_page_are_no_answers(string source)
    {
        Assert.Equal(0, Inspection.Read(source, default).Read);
        var page = Inspection.Read(source, Given.Bytes("<html>Bad gateway</html>"));
        Assert.Equal((0, 1), (page.Read, page.Rejected));
    }

    [Fact]
    public void An_unknown_source_is_named() => Assert.Contains("'radar'", Assert.Throws<ArgumentException>(() => Inspection.Read("radar", default)).Message, StringComparison.Ordinal);
}
