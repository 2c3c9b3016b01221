using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Pharos.Tests;

/// <summary>
/// The storage emulator, one per test process, started when first asked for and ended with the process. Installs it from npm when it is not there;
/// where there is no Node the test skips and says so.
/// </summary>
internal static partial class Azurite
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(4), StartLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<string>> Started = new(Start);
    private static int prefixes;

    /// <summary>The connection string of the emulator.</summary>
    public static async Task<string> Connection()
    {
        try
        {
            return await Started.Value;
        }
        catch (Win32Exception missing)
        {
            Assert.Skip($"Azurite needs node and npm (Node 20 or newer): {missing.Message}");
            throw;
        }
    }

    /// <summary>Storage that no other test sees.</summary>
    public static async Task<AzureStorage> Storage(HttpMessageHandler? network = null) => new(await Connection(), Prefix(), network);

    /// <summary>A prefix that no other test of this process uses.</summary>
    public static string Prefix() => "test" + string.Concat(Interlocked.Increment(ref prefixes).ToString("D5", null).Select(digit => (char)('a' + digit - '0')));

    private static async Task<string> Start()
    {
        var folder = Folder();
        await Install(folder);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        // The standard input stays open as long as this process lives.
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "start.js")])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"pharos:{key}" },
        };
        var node = Process.Start(start)!;
        var errors = new List<string?>();
        node.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        node.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(StartLimit);
        var (blobs, tables) = ("", "");
        while (blobs.Length == 0 || tables.Length == 0)
        {
            var line = await node.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"Azurite ended at once: {string.Join(' ', errors)}");
            if (Listening().Match(line) is { Success: true } found)
                (blobs, tables) = found.Groups[1].Value switch { "Blob" => (found.Groups[2].Value, tables), "Table" => (blobs, found.Groups[2].Value), _ => (blobs, tables) };
        }
        _ = node.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return $"DefaultEndpointsProtocol=http;AccountName=pharos;AccountKey={key};BlobEndpoint={blobs}/pharos;TableEndpoint={tables}/pharos;";
    }

    private static async Task Install(string folder)
    {
        // Several test projects start at once and share the folder; the first installs, the others wait.
        Directory.CreateDirectory(Path.Combine(folder, "obj"));
        using var turn = await Turn(Path.Combine(folder, "obj", "installing"));
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            return;
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var said = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(InstallLimit);
        await npm.WaitForExitAsync(limit.Token);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci in tests/Azurite failed: {string.Join('\n', await said)}");
    }

    private static async Task<FileStream> Turn(string file)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < InstallLimit)
            {
                await Task.Delay(200);
            }
        }
    }

    [GeneratedRegex(@"Azurite (Blob|Table) service is successfully listening at (http://[\d.]+:\d+)")]
    private static partial Regex Listening();

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
