using System.CommandLine;

namespace Pharos.Standalone;

/// <summary><c>subscribe ADDRESS</c>: who gets letters from an installation.</summary>
internal static class SubscribeVerb
{
    public static Command Command()
    {
        var address = new Argument<string>("address") { Description = "Where letters go" };
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the installation", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var countries = new Option<string>("--countries") { Description = "Countries by code, or all", DefaultValueFactory = _ => "all" };
        var severity = new Option<double>("--severity") { Description = "Smallest severity to hear about, 0 to 10", DefaultValueFactory = _ => 0 };
        var confidence = new Option<double>("--confidence") { Description = "Smallest confidence to hear about, 0 to 1", DefaultValueFactory = _ => 0.5 };
        var zone = new Option<string>("--time-zone") { Description = "IANA time zone of the reader", DefaultValueFactory = _ => "UTC" };
        var remove = new Option<bool>("--remove") { Description = "Remove the address instead" };
        var storage = StorageOption.Create();
        var command = new Command("subscribe", """
            Add or remove a reader of letters.

            Examples:
              pharos subscribe desk@example.org --countries KP,IR --time-zone Asia/Seoul
              pharos subscribe desk@example.org --remove
            """) { address, data, countries, severity, confidence, zone, storage, remove };
        command.SetAction((parsed, cancel) => Terminal.Run(async () =>
        {
            using var database = SqliteDatabase.Open(parsed.GetValue(data)!.FullName);
            var azure = await StorageOption.Open(parsed.GetValue(storage), forOneRun: false, cancel);
            var subscribers = new Subscribers(azure?.Tables ?? new SqliteTables(database));
            var who = parsed.GetValue(address)!;
            if (parsed.GetValue(remove))
            {
                await subscribers.Remove(who, cancel);
                Console.Out.WriteLine($"{who} gets no more letters.");
                return Terminal.Done;
            }
            var codes = parsed.GetValue(countries)!;
            IReadOnlyList<Country> some = codes == "all" ? [] : [.. codes.Split(',').Select(code => Country.Parse(code.Trim()))];
            await subscribers.Write(Reader(), cancel);
            Console.Out.WriteLine($"{who} will hear about {(some.Count == 0 ? "all countries" : string.Join(", ", some.Select(country => country.Name)))}.");
            return Terminal.Done;

            Subscription Reader() => new(
                who, SubscribersFile.Address(who), null, some, parsed.GetValue(severity), parsed.GetValue(confidence), SubscribersFile.Zone(parsed.GetValue(zone)!));
        }));
        return command;
    }
}
