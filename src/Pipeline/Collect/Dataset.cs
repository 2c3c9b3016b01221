using System.Globalization;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// A folder of readings of the past: <c>dataset.json</c> (name, title, countries, from, to, signals with plane, cadence and unit) and
/// <c>readings.csv</c> (time, country, signal, value, coverage; an empty value is a gap). It is a source like any other.
/// </summary>
public sealed class Dataset : ISource
{
    private readonly Dictionary<Bin, List<SignalReading>> readings;

    private Dataset(string title, string name, Interval period, IReadOnlyList<Country> countries, IReadOnlyList<Signal> signals, Parsed parsed)
    {
        (Title, Name, Period, Countries, Signals, Parsed) = (title, name, period, countries, signals, parsed);
        readings = parsed.Readings.GroupBy(reading => reading.Bin).ToDictionary(group => group.Key, group => group.ToList());
    }

    /// <summary>One line for humans.</summary>
    public string Title { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The time it covers; the end is the end of the last bin.</summary>
    public Interval Period { get; }

    /// <summary>Its countries, by code.</summary>
    public IReadOnlyList<Country> Countries { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>Everything that was read, rejects included.</summary>
    public Parsed Parsed { get; }

    /// <inheritdoc/>
    public TimeSpan LongestWindow => TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public TimeSpan Overlap => TimeSpan.Zero;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">A file is missing or has not the form; the message names the file and the field.</exception>
    public static Dataset Open(string folder)
    {
        var description = Path.Combine(folder, "dataset.json");
        var table = Path.Combine(folder, "readings.csv");
        foreach (var file in (string[])[description, table])
            if (!File.Exists(file))
                throw new InvalidDataException($"{folder} is no dataset: {Path.GetFileName(file)} is missing. A dataset is a folder with dataset.json and readings.csv.");
        return Parse(File.ReadAllBytes(description), File.ReadLines(table));
    }

    /// <summary>Reads a description and the lines of a table, its header included.</summary>
    public static Dataset Parse(ReadOnlyMemory<byte> description, IEnumerable<string> lines)
    {
        try
        {
            using var json = JsonDocument.Parse(description);
            var root = json.RootElement;
            var signals = root.GetProperty("signals").EnumerateArray().Select(ReadSignal).ToList();
            var countries = root.GetProperty("countries").EnumerateArray().Select(code => Country.Parse(code.GetString()!)).Order().ToList();
            var from = Bin.Containing(root.GetProperty("from").GetDateTimeOffset());
            var to = Bin.Containing(root.GetProperty("to").GetDateTimeOffset());
            var parsed = ReadTable(lines, countries, signals);
            return new Dataset(root.GetProperty("title").GetString()!, root.GetProperty("name").GetString()!, new Interval(from.Start, to.End), countries, signals, parsed);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"dataset.json: {broken.Message}", broken);
        }
    }

    /// <inheritdoc/>
    public Task<Collected> Collect(Interval window, DateTimeOffset? heard, IReadOnlyList<Country> countries, CancellationToken cancel)
    {
        var found = window.Bins.SelectMany(bin => readings.GetValueOrDefault(bin) ?? []).ToList();
        return Task.FromResult(new Collected
        {
            Readings = found, Rejects = [], Rejected = 0, Answers = 1, Failures = [], Unheard = new HashSet<Country>(),
        });
    }

    /// <summary>A signal as dataset.json declares it: one of ours by its name, any other by its plane; a unit of "answers per …" is a count that chance moves.</summary>
    /// <exception cref="FormatException">Name, cadence or plane cannot be used; the message says why.</exception>
    public static Signal ReadSignal(JsonElement json)
    {
        var name = json.GetProperty("name").GetString()!;
        if (name.IndexOf('.', StringComparison.Ordinal) < 1)
            throw new FormatException($"signal '{name}' has no dot: a signal is called source.quantity.");
        var cadence = TimeSpan.FromSeconds(json.GetProperty("cadence_seconds").GetInt32());
        if (cadence < Bin.Length || cadence.Ticks % Bin.Length.Ticks != 0)
            throw new FormatException($"signal '{name}': cadence_seconds must be a multiple of 300.");
        if (Outages.Signals.All.FirstOrDefault(signal => signal.Name == name) is { } known)
            return known with { Cadence = cadence };
        var (plane, kind) = json.GetProperty("plane").GetString() switch
        {
            "control" => (Plane.Control, SignalKind.Routes),
            "data" => (Plane.Data, SignalKind.Ping),
            "usage" => (Plane.Usage, SignalKind.Search),
            var other => throw new FormatException($"signal '{name}': plane '{other}' is not control, data or usage."),
        };
        var unit = json.TryGetProperty("unit", out var declared) ? declared.GetString()! : "";
        var counted = plane == Plane.Data && unit.StartsWith("answers per ", StringComparison.Ordinal);
        return new Signal(name, counted ? SignalKind.Answers : kind, plane, cadence, TimeSpan.Zero, unit);
    }

    private static Parsed ReadTable(IEnumerable<string> lines, List<Country> countries, List<Signal> signals)
    {
        var byName = signals.ToDictionary(signal => signal.Name);
        var readings = new List<SignalReading>();
        var rejects = new List<Reject>();
        foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
        {
            var reason = Read(line, countries, byName, readings);
            if (reason is not null)
                rejects.Add(new Reject(reason, line.Length > 200 ? line[..200] : line));
        }
        return new Parsed(readings, rejects);
    }

    /// <summary>Reads one line; returns what is wrong with it, or null.</summary>
    private static string? Read(string line, List<Country> countries, Dictionary<string, Signal> signals, List<SignalReading> into)
    {
        var fields = line.Split(',');
        if (fields.Length is < 4 or > 5)
            return $"{fields.Length} fields, not 4 or 5";
        if (!DateTimeOffset.TryParse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return "time is not ISO 8601";
        if (!Country.TryParse(fields[1], out var country) || !countries.Contains(country))
            return "country is not listed in dataset.json";
        if (!signals.TryGetValue(fields[2], out var signal))
            return "signal is not listed in dataset.json";
        int? coverage = null;
        if (fields.Length == 5 && fields[4].Length > 0)
        {
            if (!double.TryParse(fields[4], CultureInfo.InvariantCulture, out var count) || count is < 0 or > int.MaxValue or double.NaN)
                return "coverage is not a count";
            coverage = (int)count;
        }
        var reading = Reading.Missing(Gap.NotAvailable);
        if (fields[3].Length > 0)
        {
            if (!double.TryParse(fields[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) || value < 0)
                return "value is not a finite number of zero or more";
            reading = Reading.Of(value, coverage);
        }
        into.Add(new SignalReading(country, signal, Bin.Containing(time), reading));
        return null;
    }
}
