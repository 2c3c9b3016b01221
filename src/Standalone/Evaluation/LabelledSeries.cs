using System.Globalization;
using System.Text.Json;

namespace Pharos.Standalone;

/// <summary>A dataset from a folder: dataset.json (signals, countries, span), readings.csv and truth.csv.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Series">Its readings.</param>
/// <param name="Truth">What happened: stretches of trouble without a gap of two hours are one event.</param>
public sealed record LabelledSeries(string Name, Series Series, IReadOnlyList<TruthEvent> Truth)
{
    private const int Apart = 24;

    /// <summary>Reads a folder.</summary>
    public static LabelledSeries Read(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "dataset.json")));
        var root = json.RootElement;
        var first = Bin.Parse(root.GetProperty("from").GetString()!);
        var bins = Bin.Parse(root.GetProperty("to").GetString()!) - first + 1;
        var countries = root.GetProperty("countries").EnumerateArray().Select(code => Country.Parse(code.GetString()!)).Order().ToList();
        var signals = root.GetProperty("signals").EnumerateArray().Select(Dataset.ReadSignal).ToList();
        var series = new Series(countries, signals, first, bins);
        foreach (var cells in Rows(folder, "readings.csv").Where(cells => cells[3].Length > 0))
        {
            var country = countries.IndexOf(Country.Parse(cells[1]));
            var signal = signals.FindIndex(known => known.Name == cells[2]);
            var bin = Bin.Containing(DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture)) - first;
            if (country < 0 || signal < 0 || bin < 0 || bin >= bins)
                continue;
            series.Of(country, signal)[bin] = float.Parse(cells[3], CultureInfo.InvariantCulture);
            if (cells.Length > 4 && int.TryParse(cells[4], CultureInfo.InvariantCulture, out var points))
                series.Cover(country, signal, bin, points);
        }
        return new LabelledSeries(root.GetProperty("name").GetString()!, series, Events(folder));
    }

    private static List<TruthEvent> Events(string folder)
    {
        var events = new List<TruthEvent>();
        var trouble = Rows(folder, "truth.csv").Where(cells => cells[3] != "stable")
            .Select(cells => (Country: Country.Parse(cells[0]), From: Moment(cells[1]), Until: Moment(cells[2]), Class: cells[3])).OrderBy(row => (row.Country, row.From)).ToList();
        for (var i = 0; i < trouble.Count;)
        {
            var rows = new List<(Country Country, Bin From, Bin Until, string Class)>();
            for (; i < trouble.Count && (rows.Count == 0 || (trouble[i].Country == rows[0].Country && trouble[i].From - rows[^1].Until <= Apart)); i++)
                rows.Add(trouble[i]);
            var fell = rows[0].Class == "worsening" && rows.Exists(row => row.Class == "outage");
            events.Add(new TruthEvent(
                rows[0].Country, rows.TrueForAll(row => row.Class == "blip") ? TroubleKind.Blip : fell ? TroubleKind.Ramp : TroubleKind.Sudden, rows[0].From, rows[^1].Until, -1,
                [.. rows.Select(row => new TruthDip(row.From, row.Until, 1))], fell ? rows.Find(row => row.Class == "outage").From : null));
        }
        return events;
    }

    private static Bin Moment(string text) => Bin.Containing(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    private static IEnumerable<string[]> Rows(string folder, string file) => File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(','));
}
