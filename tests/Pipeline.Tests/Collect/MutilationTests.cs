namespace Pharos.Pipeline.Tests;

public class MutilationTests
{
    private const string Stats = """{"messages":[["info","m\u00e9"]],"data":{"stats":[{"timeline":[{"starttime":"2026-03-01T10:00:00","endtime":"2026-03-01T10:05:00"}],"v4_prefixes_ris":4,"v6_prefixes_ris":-1,"asns_ris":"2"}],"resource":"kp","resolution":"5m"},"status":"ok"}""";
    private const string Series = """{"type":"signals","error":null,"data":[[{"entityType":"country","entityCode":"ET","datasource":"bgp","subtype":"\ud83d\ude00","from":1772359200,"until":1772362800,"step":300,"nativeStep":300,"values":[1,null,2.5,null]}]]}""";
    private const string Page = """{"count":2,"next":null,"results":[{"id":7,"status":{"id":1,"since":"2026-03-01T10:00:00Z"},"status_since":1772359200,"country_code":"KP"},{"id":8,"status":{"id":2},"country_code":"K\u0050"}]}""";

    [Theory]
    [InlineData("ripestat", Stats)]
    [InlineData("ioda", Series)]
    [InlineData("ripe-atlas", Page)]
    public void Any_mutilation_of_an_answer_is_read_or_refused_and_never_thrown(string source, string text)
    {
        var random = new Random(1);
        var window = Given.Window("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Given.Bytes(text);
            for (var hits = random.Next(1, 6); hits > 0; hits--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"\\\"{}[]:,ud8019-eE."[random.Next(18)];
            _ = Inspection.Read(source, bytes).Lines.Count();
            _ = source switch
            {
                "ripestat" => Ripestat.Parse(bytes, Given.KP, window),
                "ioda" => Ioda.Parse(bytes, new HashSet<Country> { Given.ET }, window),
                _ => ProbesPage.Parse(bytes, Given.KP).Sieve,
            };
        }
    }
}
