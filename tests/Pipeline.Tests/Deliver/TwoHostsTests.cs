using System.Diagnostics;
using System.Runtime.InteropServices;
using Pharos.Outages.Tests;
using Pharos.Tests;

namespace Pharos.Pipeline.Tests;

/// <summary>Two processes, started from this same assembly, tell, publish and deliver the same revisions on one storage at the same time.</summary>
public sealed class TwoHostsTests
{
    private const string Storage = "PHAROS_TEST_HOST_STORAGE";
    private const string Said = "letter ", EndOfRun = "end of run";
    // 100 take a minute and a half; PHAROS_TEST_RUNS=100 asks for them.
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("PHAROS_TEST_RUNS"), out var runs) ? runs : 15;
    private static readonly string[] Readers = ["a", "b"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    [Fact]
    public async Task In_every_run_each_reader_gets_one_letter_about_each_revision()
    {
        var connection = await Azurite.Connection();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        Process[] hosts = [Start(connection), Start(connection)];
        try
        {
            var (letters, shared) = (0, 0);
            for (var run = 1; run <= Runs; run++)
            {
                var prefix = Azurite.Prefix();
                using var office = new PostOffice(tables: new AzureStorage(connection, prefix).Tables);
                foreach (var reader in Readers)
                    await office.Subscribers.Write(PostOffice.Reader(reader), limit.Token);
                foreach (var host in hosts)
                    await host.StandardInput.WriteLineAsync(prefix);
                var taken = await Task.WhenAll(hosts.Select(host => Taken(host, limit.Token)));

                var told = await office.Mailroom.Told(Sample.Event, limit.Token);
                Assert.True(told.Count >= PostOffice.Revisions.Count);
                Assert.All(told, letter => Assert.Equal(OutboxState.Sent, letter.State));
                Assert.Equal(told.Select(letter => letter.Id).Order(), taken.SelectMany(each => each).Order());
                letters += told.Count;
                shared += taken.All(each => each.Count > 0) ? 1 : 0;
            }
            TestContext.Current.TestOutputHelper!.WriteLine($"{Runs} runs, {letters} letters, both hosts sent some in {shared} runs");
            Assert.True(shared > 0);
        }
        finally
        {
            foreach (var host in hosts)
            {
                host.Kill();
                host.Dispose();
            }
        }
    }

    /// <summary>One of the two hosts: a run for each prefix on the standard input.</summary>
    [Fact(Explicit = true)]
    public async Task Host()
    {
        var connection = Environment.GetEnvironmentVariable(Storage);
        Assert.SkipWhen(connection is null, $"The other test starts this one, with {Storage}.");
        while (await Console.In.ReadLineAsync(TestContext.Current.CancellationToken) is { } prefix)
        {
            foreach (var letter in await Work(new AzureStorage(connection, prefix)))
                Console.Out.WriteLine(Said + letter);
            Console.Out.WriteLine(EndOfRun);
            Console.Out.Flush();
        }
    }

    private static async Task<IEnumerable<string>> Work(AzureStorage storage)
    {
        using var office = new PostOffice(tables: storage.Tables);
        foreach (var revision in PostOffice.Revisions)
        {
            await Insist(() => office.Events.Append([revision], default));
            await Insist(() => office.Publish(revision.Number));
            await Insist(office.Deliver);
        }
        return office.Mail.Taken.Select(each => each.Letter);
    }

    /// <summary>Tries again when another worker was faster, as a host does, without its waiting.</summary>
    private static async Task Insist(Func<Task> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception faster) when (faster is ConflictException or MailException && tries < 20)
            {
                await Task.Yield();
            }
        }
    }

    private static Process Start(string connection)
    {
        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return Process.Start(new ProcessStartInfo(Path.GetFullPath(dotnet), ["exec", typeof(TwoHostsTests).Assembly.Location, "-explicit", "only", "-method", $"*.{nameof(TwoHostsTests)}.{nameof(Host)}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { [Storage] = connection },
        })!;
    }

    private static async Task<List<string>> Taken(Process host, CancellationToken cancel)
    {
        var letters = new List<string>();
        while (await host.StandardOutput.ReadLineAsync(cancel) is { } line && !line.EndsWith(EndOfRun, StringComparison.Ordinal))
            if (line.IndexOf(Said, StringComparison.Ordinal) is >= 0 and var at) // Colours of the test framework may come before.
                letters.Add(line[(at + Said.Length)..]);
        Assert.False(host.HasExited);
        return letters;
    }
}
