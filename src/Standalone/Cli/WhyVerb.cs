using System.CommandLine;
using System.Globalization;

namespace Pharos.Standalone;

/// <summary><c>why COUNTRY TIME</c>: which gate stopped it, with every number on the way.</summary>
internal static class WhyVerb
{
    public static Command Command()
    {
        var country = new Argument<string>("country") { Description = "Two-letter code, or a name" };
        var time = new Argument<string>("time") { Description = "A moment in UTC; its five-minute bin is explained" };
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the installation", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var storage = StorageOption.Create();
        var json = new Option<bool>("--json") { Description = "Print the chain as JSON" };
        var command = new Command("why", """
            Explain a judgement: the chain from readings to state, and each gate on the way to a letter, passed or not, with the numbers compared.

            Examples:
              pharos why KP 2014-12-22T16:20Z
              pharos why "North Korea" "2014-12-22 16:20" --data /var/lib/pharos --json
            """) { country, time, data, storage, json };
        command.SetAction((parsed, cancel) => Terminal.Run(async () =>
        {
            var folder = parsed.GetValue(data)!;
            if (!folder.Exists)
                throw new DirectoryNotFoundException($"There is no installation in '{folder}'; name its folder with --data.");
            using var database = SqliteDatabase.Open(folder.FullName);
            var azure = await StorageOption.Open(parsed.GetValue(storage), forOneRun: false, cancel);
            var tables = azure?.Tables ?? new SqliteTables(database);
            var why = new Why(
                tables, new Readings(tables), new GuardLog(tables), new Assessments(tables), new EventLog(tables), new Reports(tables), Signals.All, Method.Standard);
            var answer = await why.Of(CountryOf(parsed.GetValue(country)!), BinOf(parsed.GetValue(time)!), cancel);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(WhyJson.Write(answer)));
            else
                WhyText.Print(answer, Console.Out);
            return Terminal.Done;
        }));
        return command;
    }

    private static Country CountryOf(string text) => Countries.TryByName(text, out var country)
        ? country
        : throw new FormatException($"'{text}' is no country; use a code such as KP, or an English name.");

    private static Bin BinOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? Bin.Containing(moment)
            : throw new FormatException($"'{text}' is no time; write it like 2014-12-22T16:20Z.");
}
