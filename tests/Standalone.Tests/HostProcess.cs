using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pharos.Standalone.Tests;

/// <summary>The program as its users run it: a child process, known by its id alone.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new(), errors = new();

    private HostProcess(Process process) => this.process = process;

    public static HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(10) };

    public string Output => Text(output);

    public string Errors => Text(errors);

    public static HostProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("PHAROS_CONTACT");
        start.ArgumentList.Add(typeof(Scenario).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var host = new HostProcess(new Process { StartInfo = start });
        host.process.OutputDataReceived += (_, line) => Add(host.output, line.Data);
        host.process.ErrorDataReceived += (_, line) => Add(host.errors, line.Data);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        using var host = Start(arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await host.process.WaitForExitAsync(patience.Token);
        return (host.process.ExitCode, host.Output, host.Errors);
    }

    /// <summary>An address nobody listens on.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>SIGKILL, and nothing else: the process has no chance to tidy up.</summary>
    public void Kill()
    {
        Assert.False(process.HasExited, $"The host stopped by itself: {Errors}");
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
            text.Append(line is null ? "" : line + "\n");
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
