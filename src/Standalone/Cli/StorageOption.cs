using System.CommandLine;

namespace Pharos.Standalone;

/// <summary><c>--storage local|azure</c>: where tables and blobs are.</summary>
internal static class StorageOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--storage")
        {
            Description = $"local: in the folder; azure: in the storage account that {AzureStorage.Setting} names (an account name, or an emulator's connection string)",
            DefaultValueFactory = _ => "local",
        };
        option.AcceptOnlyFromAmong("local", "azure");
        return option;
    }

    /// <summary>The storage asked for, once it has answered; null for the folder.</summary>
    /// <param name="chosen">The value of the option.</param>
    /// <param name="forOneRun">Whether it is apart from every other and removed afterwards.</param>
    /// <param name="cancel">Ends the waiting for the answer.</param>
    public static async Task<AzureStorage?> Open(string? chosen, bool forOneRun, CancellationToken cancel)
    {
        if (chosen != "azure")
            return null;
        var prefix = forOneRun ? "run" + string.Concat(Enumerable.Range(0, 12).Select(_ => (char)('a' + Random.Shared.Next(26)))) : "";
        var storage = new AzureStorage(Environment.GetEnvironmentVariable(AzureStorage.Setting), prefix);
        await storage.Check(cancel);
        return storage;
    }
}
