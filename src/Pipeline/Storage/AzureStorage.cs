using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Pharos.Pipeline;

/// <summary>
/// A storage account of Azure with the tables and blobs in it. It is named by its account name, and then every call carries the identity of the
/// process, or for emulators by a connection string.
/// </summary>
public sealed class AzureStorage
{
    /// <summary>The environment variable that names the account.</summary>
    public const string Setting = "PHAROS_STORAGE";

    private const int MaxPrefixLength = 20;
    private const int Tries = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(400), LongestDelay = TimeSpan.FromSeconds(10), CallLimit = TimeSpan.FromSeconds(30);

    private readonly TableServiceClient tables;
    private readonly BlobContainerClient container;
    private readonly string prefix;

    /// <summary>Names the storage; nothing is called yet.</summary>
    /// <param name="account">Name of a storage account, or a connection string.</param>
    /// <param name="prefix">What the names of its tables and of its container begin with: lower-case letters, at most 20. Empty in an installation.</param>
    /// <param name="network">Carries the requests in place of the network, for tests.</param>
    /// <exception cref="ArgumentException">The text is neither a name nor a connection string; the message names the setting.</exception>
    public AzureStorage(string? account, string prefix = "", HttpMessageHandler? network = null)
    {
        if (prefix.Length > MaxPrefixLength || prefix.Any(letter => letter is < 'a' or > 'z'))
            throw new ArgumentException($"'{prefix}' is no prefix: use at most {MaxPrefixLength} letters a to z.", nameof(prefix));
        this.prefix = prefix;
        var (forTables, forBlobs) = (Retrying(new TableClientOptions(), network), Retrying(new BlobClientOptions(), network));
        var name = prefix + "pharos";
        try
        {
            if (string.IsNullOrWhiteSpace(account))
                throw new FormatException("It is empty.");
            if (account.Contains('=', StringComparison.Ordinal))
            {
                tables = new TableServiceClient(account, forTables);
                container = new BlobContainerClient(account, name, forBlobs);
            }
            else
            {
                if (account.Length is < 3 or > 24 || !account.All(char.IsAsciiLetterOrDigit))
                    throw new FormatException("An account name has 3 to 24 letters and digits.");
                var identity = new DefaultAzureCredential();
                tables = new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), identity, forTables);
                container = new BlobContainerClient(new Uri($"https://{account}.blob.core.windows.net/{name}"), identity, forBlobs);
            }
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or ArgumentException)
        {
            // The text itself may hold a key and is not repeated.
            throw new ArgumentException($"{Setting} is neither the name of a storage account nor a connection string: {wrong.Message}", wrong);
        }
        Tables = new AzureTables(tables, prefix);
        Blobs = new AzureBlobs(container);
    }

    /// <summary>Its tables.</summary>
    public ITables Tables { get; }

    /// <summary>Its blobs.</summary>
    public IBlobs Blobs { get; }

    /// <summary>Asks the account once, so that a start fails with a reason instead of a round later.</summary>
    /// <exception cref="IOException">It does not answer, or refuses this identity; the message names the setting.</exception>
    public async Task Check(CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in tables.QueryAsync(maxPerPage: 1, cancellationToken: cancel))
                break;
            await container.ExistsAsync(cancel);
        }
        catch (Exception trouble) when (trouble is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            throw new IOException($"The storage that {Setting} names does not answer as it should: {trouble.Message.Split('\n')[0]}", trouble);
        }
    }

    /// <summary>Removes its tables and its container, where it has a prefix of its own.</summary>
    /// <exception cref="InvalidOperationException">It has none: that would be an installation.</exception>
    public async Task Remove(CancellationToken cancel)
    {
        if (prefix.Length == 0)
            throw new InvalidOperationException("The storage of an installation is not removed.");
        await foreach (var table in tables.QueryAsync(cancellationToken: cancel))
            if (table.Name.StartsWith(prefix, StringComparison.Ordinal))
                await tables.DeleteTableAsync(table.Name, cancel);
        await container.DeleteIfExistsAsync(cancellationToken: cancel);
    }

    /// <summary>408, 429, 500, 502, 503, 504 and broken connections are tried again, later each time, with a fifth of chance so that callers spread.</summary>
    private static T Retrying<T>(T options, HttpMessageHandler? network)
        where T : ClientOptions
    {
        (options.Retry.Mode, options.Retry.MaxRetries, options.Retry.NetworkTimeout) = (RetryMode.Exponential, Tries, CallLimit);
        (options.Retry.Delay, options.Retry.MaxDelay) = (FirstDelay, LongestDelay);
        if (network is not null)
            options.Transport = new HttpClientTransport(network);
        return options;
    }
}
