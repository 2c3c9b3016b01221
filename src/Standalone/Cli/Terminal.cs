using Spectre.Console;

namespace Pharos.Standalone;

/// <summary>
/// What verbs say and how they end. Results go to standard output, progress and errors to standard error; colour only where a person looks and
/// NO_COLOR is not set. Exit codes: 0 done, 1 failed, 2 wrong input, 130 stopped.
/// </summary>
internal static class Terminal
{
    public const int Done = 0, Failed = 1, WrongInput = 2, Stopped = 130;

    /// <summary>Where progress and errors go.</summary>
    public static IAnsiConsole Errors { get; } = Create();

    /// <summary>Runs a verb; expected failures become one line that names the fix.</summary>
    public static async Task<int> Run(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidDataException or FormatException or FileNotFoundException or DirectoryNotFoundException)
        {
            return Say(wrong, WrongInput);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotSupportedException or Microsoft.Data.Sqlite.SqliteException)
        {
            return Say(failed, Failed);
        }
    }

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
            console.Profile.Width = 10_000; // In a log a message is one line.
        return console;
    }

    private static int Say(Exception trouble, int code)
    {
        Errors.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[red]error:[/] {trouble.Message}");
        return code;
    }
}
