using System.Text;
using MimeKit;
using Pharos.Outages.Tests;

namespace Pharos.Pipeline.Tests;

public class MimeTests
{
    private static readonly Sender House = new("pharos@example.org");

    private static Letter Of(string? name = "Ada", string[]? before = null, string? subject = null)
    {
        var reader = new Subscription("r-1", "reader@example.net", name, [], 0, 0, "UTC");
        var content = new Renderer(new LetterWords()).Letter(Sample.FactsOf(Sample.Outage), reader, LetterReason.FirstNews, null);
        var row = new OutboxRow(LetterId.Of(Sample.Event, 3, "r-1"), Sample.Event, 3, LetterId.Hash("r-1"), LetterReason.FirstNews, Sample.Gone.Start, OutboxState.Queued, 0, null, null);
        return new Letter(row, reader.Address, name, before ?? [], subject is null ? content : content with { Subject = subject });
    }

    private static byte[] Bytes(Letter letter)
    {
        using var stream = new MemoryStream();
        Mime.Of(letter, House).WriteTo(Mime.Format, stream);
        return stream.ToArray();
    }

    private static MimeMessage Parse(byte[] bytes) => MimeMessage.Load(new MemoryStream(bytes));

    [Fact]
    public void S26_the_same_letter_has_the_same_bytes() => Assert.Equal(Bytes(Of()), Bytes(Of()));

    [Fact]
    public void U7_the_headers_read_back_as_meant()
    {
        var message = Parse(Bytes(Of(before: ["00c0ffee00c0ffee-r1-aa", "00c0ffee00c0ffee-r2-aa"])));
        Assert.Equal($"{LetterId.Of(Sample.Event, 3, "r-1")}@example.org", message.MessageId);
        Assert.Equal("00c0ffee00c0ffee-r2-aa@example.org", message.InReplyTo);
        Assert.Equal(["00c0ffee00c0ffee-r1-aa@example.org", "00c0ffee00c0ffee-r2-aa@example.org"], message.References);
        Assert.Equal("[KP] outage: North Korea has dropped off the Internet", message.Subject);
        Assert.Equal(Sample.Gone.Start, message.Date);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("Pharos letters <letters.example.org>", message.Headers["List-Id"]);
        Assert.Equal("reader@example.net", Assert.Single(message.To.Mailboxes).Address);
        var parts = Assert.IsType<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
        Assert.Contains("North Korea has been cut off", message.TextBody);
        Assert.Contains("<html lang=\"en\">", message.HtmlBody);
        Assert.InRange(Bytes(Of()).Length, 1_000, 90_000);
    }

    [Theory]
    [InlineData("Eve\r\nBcc: all@example.org")]
    [InlineData("Eve\u202Egro.live\u2066")]
    [InlineData("Eve \"quoted\" <eve@evil.example>, Mallory <m@evil.example>")]
    [InlineData("\0\u0007")]
    public void S7_hostile_names_add_no_header_and_no_reader(string name)
    {
        foreach (var letter in (Letter[])[Of(name), Of(subject: name + " " + new string('x', 10_000))])
        {
            var message = Parse(Bytes(letter));
            Assert.Equal("reader@example.net", Assert.Single(message.To.Mailboxes).Address);
            Assert.Empty(message.Bcc);
            Assert.Equal(Parse(Bytes(Of())).Headers.Select(header => header.Field), message.Headers.Select(header => header.Field));
            Assert.InRange(message.Subject!.Length, 1, 78);
            Assert.DoesNotContain('\u202E', Encoding.UTF8.GetString(Bytes(letter)));
            Assert.DoesNotContain('\u202E', message.To.ToString());
        }
    }

    [Fact]
    public async Task A_letter_in_the_folder_is_whole_and_written_again_under_the_same_name()
    {
        var folder = Directory.CreateTempSubdirectory("pharos-").FullName;
        try
        {
            var mail = new EmlFolder(folder);
            for (var run = 0; run < 2; run++)
                await mail.Send(Of().Row.Id, Mime.Of(Of(), House), default);
            Assert.Equal(Bytes(Of()), File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder))));
            await Assert.ThrowsAsync<MailException>(() => mail.Send("../x", Mime.Of(Of(), House), default));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
