using System.Text;
using System.Text.Json;

namespace Pharos.Pipeline.Tests;

public class JobJsonTests
{
    [Fact]
    public void A_bin_is_stored_as_its_number_alone() =>
        Assert.Equal(
            """{"kind":"score","Country":"KP","Since":1,"Through":2,"Cause":"c"}""",
            Encoding.UTF8.GetString(JobJson.Write(new Job.Score("KP", new Bin(1), new Bin(2), "c"))));

    [Theory]
    [InlineData("""{"kind":"dance","Letter":"a"}""")]
    [InlineData("""{"Letter":"a"}""")]
    [InlineData("""{"kind":"deliver"}""")]
    [InlineData("""{"kind":"deliver","Letter":null}""")]
    [InlineData("null")]
    [InlineData("")]
    public void A_text_that_is_no_job_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => JobJson.Read(Encoding.UTF8.GetBytes(text)));
}
