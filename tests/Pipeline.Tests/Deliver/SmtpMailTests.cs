using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Pharos.Pipeline.Tests;

public class SmtpMailTests
{
    [Fact]
    public async Task A_letter_that_is_taken_brings_its_receipt()
    {
        using var server = new Server();
        Assert.Equal("2.0.0 taken as 42", await Send(server));
        Assert.Contains("Message-Id: <a@example.org>", await server.Received, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("RCPT", "550 no such reader", MailTrouble.Permanent)]
    [InlineData("RCPT", "450 mailbox busy", MailTrouble.Temporary)]
    [InlineData("RCPT", "421 going down", MailTrouble.Temporary)]
    [InlineData("MAIL", "550 you may not send", MailTrouble.Temporary)]
    [InlineData("DATA", "552 too large", MailTrouble.Permanent)]
    public async Task A_refusal_is_temporary_or_for_ever(string command, string answer, MailTrouble expected)
    {
        using var server = new Server(command, answer);
        Assert.Equal(expected, (await Assert.ThrowsAsync<MailException>(() => Send(server))).Trouble);
    }

    [Fact]
    public async Task Without_a_server_or_without_its_tls_the_letter_waits()
    {
        using var server = new Server();
        var plain = await Assert.ThrowsAsync<MailException>(() => Send(server, SmtpSecurity.StartTls));
        Assert.Equal(MailTrouble.Temporary, plain.Trouble);
        server.Dispose();
        Assert.Equal(MailTrouble.Temporary, (await Assert.ThrowsAsync<MailException>(() => Send(server))).Trouble);
    }

    [Fact]
    public void A_password_is_not_printed() =>
        Assert.DoesNotContain("secret", new SmtpSettings("mail.example.org", User: "u", Password: "secret").ToString());

    private static async Task<string> Send(Server server, SmtpSecurity security = SmtpSecurity.None)
    {
        using var message = new MimeMessage { MessageId = "a@example.org", Body = new TextPart("plain") { Text = "text" } };
        message.From.Add(new MailboxAddress("", "pharos@example.org"));
        message.To.Add(new MailboxAddress("", "reader@example.org"));
        return await new SmtpMail(new SmtpSettings("127.0.0.1", server.Port, security), TimeProvider.System).Send("a", message, default);
    }

    /// <summary>A mail server for one connection that says yes to all but one command.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Server(string refused = "-", string answer = "")
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            Received = Serve(refused, answer);
        }

        public int Port { get; }

        public Task<string> Received { get; }

        public void Dispose() => listener.Dispose();

        private async Task<string> Serve(string refused, string answer)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            var letter = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                var command = line.Split(' ')[0].ToUpperInvariant();
                if (command == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync() is { } text && text != ".")
                        letter += text + "\n";
                }
                if (command == "QUIT")
                    break;
                await writer.WriteLineAsync(command == refused ? answer : command == "DATA" ? "250 2.0.0 taken as 42" : "250 yes");
            }
            return letter;
        }
    }
}
