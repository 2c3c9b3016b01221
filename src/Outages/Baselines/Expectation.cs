using System.Runtime.InteropServices;

namespace Pharos.Outages;

/// <summary>
/// What a country expected of a day, written six hours before the day begins, so that the guard can compare all countries without knowing their
/// states. One row per country and day.
/// </summary>
public sealed class Expectation
{
    /// <summary>UTC hour of the day before at which it is written.</summary>
    public const int WrittenAtHour = 18;

    private const int Centres = 26;

    private readonly Dictionary<string, (float[] Values, float Scale)> signals;

    private Expectation(Country country, DateOnly day, Dictionary<string, (float[] Values, float Scale)> signals) => (Country, Day, this.signals) = (country, day, signals);

    /// <summary>Which country.</summary>
    public Country Country { get; }

    /// <summary>Which UTC day.</summary>
    public DateOnly Day { get; }

    /// <summary>What a state expects of a day to come.</summary>
    public static Expectation Of(CountryState state, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(state);
        var first = Bin.FirstOf(day).Hour;
        var signals = new Dictionary<string, (float[], float)>();
        foreach (var signal in state.Series)
        {
            var values = new float[Centres];
            for (var i = 0; i < Centres; i++)
                values[i] = i > 0 && !signal.Method.Seasonal ? values[0] : (float)signal.Baseline.Expected(first - 1 + i, signal.Method);
            if (values.Any(value => value > 0))
                signals[signal.Signal.Name] = (values, (float)(double.IsNaN(signal.Scale) ? state.Method.SpreadAtStart : signal.Scale));
        }
        return new Expectation(state.Country, day, signals);
    }

    /// <summary>Expected value and mean absolute relative deviation of a signal in a bin of the day; false where nothing is expected.</summary>
    public bool TryAt(Signal signal, Bin bin, out double expected, out double scale)
    {
        ArgumentNullException.ThrowIfNull(signal);
        (expected, scale) = (double.NaN, double.NaN);
        if (!signals.TryGetValue(signal.Name, out var known))
            return false;
        var position = (bin.OfDay - 5.5) / Bin.PerHour + 1;
        var before = (int)Math.Floor(position);
        var share = position - before;
        expected = (known.Values[before] * (1 - share)) + (known.Values[before + 1] * share);
        scale = known.Scale;
        return expected > 0;
    }

    /// <summary>As bytes.</summary>
    public byte[] Write()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Country.Code);
        writer.Write(Day.DayNumber);
        writer.Write(signals.Count);
        foreach (var (name, (values, scale)) in signals)
        {
            writer.Write(name);
            writer.Write(scale);
            writer.Write(MemoryMarshal.AsBytes<float>(values));
        }
        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>From bytes.</summary>
    public static Expectation Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false));
        var country = Country.Parse(reader.ReadString());
        var day = DateOnly.FromDayNumber(reader.ReadInt32());
        var signals = new Dictionary<string, (float[], float)>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var scale = reader.ReadSingle();
            var values = new float[Centres];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            signals[name] = (values, scale);
        }
        return new Expectation(country, day, signals);
    }
}
