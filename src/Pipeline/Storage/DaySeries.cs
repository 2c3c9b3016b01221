namespace Pharos.Pipeline;

/// <summary>
/// The readings of one signal of one country on one UTC day: 288 bins. Packed they take about a byte per bin for counts:
/// <list type="bullet">
/// <item>1 byte format, 1 byte form (0 = whole numbers, 1 = doubles);</item>
/// <item>runs of (1 byte state, run length) until 288: states 0 to 5 are gaps, 6 a value, 7 a value with coverage;</item>
/// <item>the values: differences as zig-zag variable-length integers, or doubles;</item>
/// <item>the coverages: differences likewise.</item>
/// </list>
/// </summary>
public sealed class DaySeries
{
    private const byte Format = 1;
    private const byte Value = 6, ValueWithCoverage = 7;
    private readonly Reading[] readings = new Reading[Bin.PerDay];

    /// <summary>The reading of a bin by its index within the day.</summary>
    public Reading this[int ofDay] => readings[ofDay];

    /// <summary>All of them.</summary>
    public ReadOnlySpan<Reading> Readings => readings;

    /// <summary>
    /// Takes a reading in. A gap never replaces a value: what was heard stays heard, and a source that falls silent about the past does not
    /// take it back.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    public bool Merge(int ofDay, Reading reading)
    {
        ref var stored = ref readings[ofDay];
        if (stored == reading || (stored.TryValue(out _) && !reading.TryValue(out _)))
            return false;
        stored = reading;
        return true;
    }

    /// <summary>Whether <see cref="Merge"/> would change anything.</summary>
    public bool Differs(int ofDay, Reading reading)
    {
        ref readonly var stored = ref readings[ofDay];
        return stored != reading && (reading.TryValue(out _) || !stored.TryValue(out _));
    }

    /// <summary>A day that goes its own way from here.</summary>
    public DaySeries Copy()
    {
        var copy = new DaySeries();
        readings.CopyTo(copy.readings, 0);
        return copy;
    }

    /// <summary>Unpacks.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another format or damaged.</exception>
    public static DaySeries Decode(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(packed.ToArray()));
            if (reader.ReadByte() is var format && format != Format)
                throw new InvalidDataException($"A day of readings has format {format}; this program knows {Format}.");
            return Decode(reader);
        }
        catch (Exception trouble) when (trouble is EndOfStreamException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A day of readings is damaged.", trouble);
        }
    }

    /// <summary>Packs; equal series give equal bytes.</summary>
    public byte[] Encode()
    {
        var bytes = new MemoryStream(512);
        using var writer = new BinaryWriter(bytes);
        var whole = Array.TrueForAll(readings, reading => !reading.TryValue(out var value) || (value <= 1L << 53 && value == Math.Floor(value)));
        writer.Write(Format);
        writer.Write(whole ? (byte)0 : (byte)1);
        for (int i = 0, run; i < readings.Length; i += run)
        {
            var state = State(readings[i]);
            for (run = 1; i + run < readings.Length && State(readings[i + run]) == state; run++)
                ;
            writer.Write(state);
            writer.Write7BitEncodedInt(run);
        }
        var last = 0L;
        foreach (var reading in readings)
            if (reading.TryValue(out var value))
            {
                if (whole)
                    WriteStep(writer, (long)value, ref last);
                else
                    writer.Write(value);
            }
        last = 0;
        foreach (var reading in readings)
            if (State(reading) == ValueWithCoverage)
                WriteStep(writer, reading.Coverage!.Value, ref last);
        writer.Flush();
        return bytes.ToArray();
    }

    private static DaySeries Decode(BinaryReader reader)
    {
        var whole = reader.ReadByte() == 0;
        Span<byte> states = stackalloc byte[Bin.PerDay];
        for (var i = 0; i < states.Length;)
        {
            var state = reader.ReadByte();
            var run = reader.Read7BitEncodedInt();
            states.Slice(i, run).Fill(state);
            i += Math.Max(1, run);
        }
        Span<double> values = stackalloc double[Bin.PerDay];
        var last = 0L;
        for (var i = 0; i < states.Length; i++)
            if (states[i] >= Value)
                values[i] = whole ? ReadStep(reader, ref last) : reader.ReadDouble();
        var day = new DaySeries();
        last = 0;
        for (var i = 0; i < states.Length; i++)
            day.readings[i] = states[i] switch
            {
                Value => Reading.Of(values[i]),
                ValueWithCoverage => Reading.Of(values[i], (int)ReadStep(reader, ref last)),
                <= (byte)Gap.Rejected => Reading.Missing((Gap)states[i]),
                _ => throw new FormatException("Unknown state."),
            };
        return day;
    }

    private static byte State(Reading reading) => !reading.TryValue(out _) ? (byte)reading.Gap : reading.Coverage is null ? Value : ValueWithCoverage;

    private static void WriteStep(BinaryWriter writer, long value, ref long last)
    {
        var step = value - last;
        writer.Write7BitEncodedInt64((step << 1) ^ (step >> 63));
        last = value;
    }

    private static long ReadStep(BinaryReader reader, ref long last)
    {
        var packed = reader.Read7BitEncodedInt64();
        return last += (long)((ulong)packed >> 1) ^ -(packed & 1);
    }
}
