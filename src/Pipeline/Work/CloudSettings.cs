using MimeKit;

namespace Pharos.Pipeline;

/// <summary>What the environment of the cloud host says, checked as a whole before anything starts.</summary>
public sealed record CloudSettings
{
    private CloudSettings()
    {
    }

    /// <summary>Host name of the Service Bus namespace.</summary>
    public string Namespace { get; private init; } = "";

    /// <summary>The storage account.</summary>
    public string Storage { get; private init; } = "";

    /// <summary>Who upstream operators can write to.</summary>
    public string Contact { get; private init; } = "";

    /// <summary>Who the letters are from.</summary>
    public string From { get; private init; } = "";

    /// <summary>Where readers reach the reports.</summary>
    public string Address { get; private init; } = "";

    /// <summary>Where telemetry goes; null for nowhere.</summary>
    public string? Telemetry { get; private init; }

    /// <summary>The mail server; null until it is named and its password is in the vault.</summary>
    public SmtpSettings? Smtp { get; private init; }

    /// <summary>Reads and checks all settings.</summary>
    /// <param name="setting">The value of a setting by its name, where a section ends with a colon; null when it is not set.</param>
    /// <exception cref="InvalidOperationException">Some are missing or wrong; the message names each with what it should be, and repeats no value.</exception>
    public static CloudSettings Read(Func<string, string?> setting)
    {
        var wrong = new List<string>();
        var settings = new CloudSettings
        {
            Namespace = Need("ServiceBusConnection:fullyQualifiedNamespace", "the host name of the Service Bus namespace", text => Uri.CheckHostName(text) == UriHostNameType.Dns),
            Storage = Need("PHAROS_STORAGE", "the name of the data storage account", text => text.All(char.IsAsciiLetterOrDigit)),
            Contact = Need("PHAROS_CONTACT", "an address that upstream operators can write to", IsMail),
            From = Need("PHAROS_MAIL_FROM", "the address that letters come from", IsMail),
            Address = Need("PHAROS_BASE_ADDRESS", "the http or https address of this application", text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal)),
            Telemetry = setting("APPLICATIONINSIGHTS_CONNECTION_STRING") is { Length: > 0 } telemetry ? telemetry : null,
            // A reference into the vault that finds nothing comes as it stands.
            Smtp = setting("PHAROS_SMTP_HOST") is { Length: > 0 } host && setting("PHAROS_SMTP_PASSWORD") is { Length: > 0 } password && password[0] != '@'
                ? new SmtpSettings(host, User: setting("PHAROS_SMTP_USER"), Password: password)
                : null,
        };
        return wrong.Count == 0 ? settings : throw new InvalidOperationException($"Pharos cannot start. {string.Join(" ", wrong)}");

        string Need(string name, string what, Func<string, bool> isOne)
        {
            var value = setting(name) ?? "";
            if (value.Length == 0 || !isOne(value))
                wrong.Add($"Set {name.Replace(":", "__", StringComparison.Ordinal)} to {what}.");
            return value;
        }

        static bool IsMail(string text) => text.Contains('@', StringComparison.Ordinal) && MailboxAddress.TryParse(text, out _);
    }
}
