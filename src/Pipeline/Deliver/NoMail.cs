using MimeKit;

namespace Pharos.Pipeline;

/// <summary>Stands in until a mail server is set: letters wait in the outbox and say why.</summary>
public sealed class NoMail : IMail
{
    /// <inheritdoc/>
    public Task<string> Send(string letter, MimeMessage message, CancellationToken cancel) =>
        throw new MailException(MailTrouble.Temporary, "No mail server is set: PHAROS_SMTP_HOST is empty, or PHAROS_SMTP_PASSWORD is not in the vault.");
}
