using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Pharos.Pipeline;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS, and no letter without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None: for a server on the same machine.</summary>
    None,
}

/// <summary>Which mail server, and as whom.</summary>
public sealed record SmtpSettings(string Host, int Port = 587, SmtpSecurity Security = SmtpSecurity.StartTls, string? User = null, string? Password = null)
{
    /// <summary>Longest wait for one letter, connecting and all: 60 s.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Its parts without the password.</summary>
    public override string ToString() => $"{User ?? "anonymous"} at {Host}:{Port} ({Security})";
}

/// <summary>Letters by SMTP, one connection per letter.</summary>
public sealed class SmtpMail(SmtpSettings settings, TimeProvider clock) : IMail
{
    /// <inheritdoc/>
    public async Task<string> Send(string letter, MimeMessage message, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(SmtpSettings.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        using var client = new SmtpClient { Timeout = (int)SmtpSettings.Timeout.TotalMilliseconds };
        string receipt;
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, Options(settings.Security), both.Token);
            if (settings.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", both.Token);
            receipt = await client.SendAsync(Mime.Format, message, both.Token);
        }
        catch (OperationCanceledException trouble) when (!cancel.IsCancellationRequested)
        {
            throw new MailException(MailTrouble.Temporary, $"The mail server took longer than {SmtpSettings.Timeout.TotalSeconds:0} s.", trouble);
        }
        catch (SmtpCommandException trouble)
        {
            throw new MailException(KindOf(trouble), $"The mail server answered {(int)trouble.StatusCode}: {Clean.Line(trouble.Message, 300)}", trouble);
        }
        catch (Exception trouble) when (trouble is ProtocolException or SocketException or IOException or SslHandshakeException or AuthenticationException or NotSupportedException)
        {
            throw new MailException(MailTrouble.Temporary, $"The mail server could not be used: {Clean.Line(trouble.Message, 300)}", trouble);
        }
        await Leave(client, both.Token);
        return Clean.Line(receipt, 300);
    }

    /// <summary>Only a refusal of this very letter or its reader is for ever: a wrong password or sender is ours to mend, and then the letter goes.</summary>
    private static MailTrouble KindOf(SmtpCommandException trouble) =>
        (int)trouble.StatusCode >= 500 && trouble.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
            ? MailTrouble.Permanent
            : MailTrouble.Temporary;

    private static async Task Leave(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception trouble) when (trouble is ProtocolException or SocketException or IOException or OperationCanceledException)
        {
            // The letter was taken; how the connection ends does not matter.
        }
    }

    private static SecureSocketOptions Options(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}
