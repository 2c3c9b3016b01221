using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Pharos.Pipeline;

/// <summary>Who writes the letters.</summary>
/// <param name="From">Address of the sender; its domain stands in the Message-IDs.</param>
/// <param name="Name">Name of the sender.</param>
public sealed record Sender(string From, string Name = "Pharos")
{
    /// <summary>The part behind the @.</summary>
    public string Domain { get; } = MailboxAddress.TryParse(From, out var address) && address.Domain.Length > 0
        ? address.Domain
        : throw new ArgumentException($"'{From}' is no address to send letters from.", nameof(From));
}

/// <summary>A letter as a MIME message: the same letter gives the same bytes, whoever sends it and whenever.</summary>
public static class Mime
{
    /// <summary>CRLF, folded headers.</summary>
    public static readonly FormatOptions Format = CreateFormat();

    /// <summary>Builds the message. Letters to one reader about one event are one thread.</summary>
    public static MimeMessage Of(Letter letter, Sender sender)
    {
        var alternatives = new Multipart("alternative")
        {
            Boundary = "=-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letter.Row.Id)))[..32],
        };
        alternatives.Add(new TextPart("plain") { Text = letter.Content.Text, ContentTransferEncoding = ContentEncoding.QuotedPrintable });
        alternatives.Add(new TextPart("html") { Text = letter.Content.Html, ContentTransferEncoding = ContentEncoding.QuotedPrintable });

        var message = new MimeMessage
        {
            MessageId = $"{letter.Row.Id}@{sender.Domain}",
            Date = letter.Row.QueuedAt.ToUniversalTime(),
            Subject = Clean.Line(letter.Content.Subject, Renderer.LongestSubject),
            Body = alternatives,
        };
        message.From.Add(new MailboxAddress(Clean.Line(sender.Name, 100), sender.From));
        message.To.Add(new MailboxAddress(Clean.Line(letter.DisplayName ?? "", 100), letter.Address));
        if (letter.Before.Count > 0)
        {
            message.InReplyTo = $"{letter.Before[^1]}@{sender.Domain}";
            message.References.AddRange(letter.Before.Select(before => $"{before}@{sender.Domain}"));
        }
        message.Headers.Add("List-Id", $"Pharos letters <letters.{sender.Domain}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Pharos-Event", letter.Row.Event);
        return message;
    }

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
