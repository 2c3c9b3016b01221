using MimeKit;

namespace Pharos.Pipeline;

/// <summary>What kind of trouble a mail server had with a letter.</summary>
public enum MailTrouble
{
    /// <summary>Weather: try again later.</summary>
    Temporary,

    /// <summary>This letter will never be taken.</summary>
    Permanent,
}

/// <summary>A letter that was not taken.</summary>
public sealed class MailException(MailTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether trying again makes sense.</summary>
    public MailTrouble Trouble { get; } = trouble;
}

/// <summary>Where letters leave the house. Adapters: a folder of <c>.eml</c> files and SMTP.</summary>
public interface IMail
{
    /// <summary>Hands a letter over and returns the receipt. Handing over the same letter again is allowed and keeps its Message-ID.</summary>
    /// <exception cref="MailException">It was not taken.</exception>
    Task<string> Send(string letter, MimeMessage message, CancellationToken cancel);
}
