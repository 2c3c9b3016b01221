using System.Buffers;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// All readings of a country on one UTC day, by signal name. Packed: 1 byte format, then for each signal in the order of names its name, the length of
/// its <see cref="DaySeries"/> and that. It is never changed; a change makes another one, which shares what stayed.
/// </summary>
internal sealed class CountryDay
{
    private const byte Format = 2;

    private readonly SortedList<string, (DaySeries Series, ReadOnlyMemory<byte> Packed)> signals;

    private CountryDay(SortedList<string, (DaySeries Series, ReadOnlyMemory<byte> Packed)> signals) => this.signals = signals;

    /// <summary>A day of which nothing is known.</summary>
    public static CountryDay Empty { get; } = new(new SortedList<string, (DaySeries, ReadOnlyMemory<byte>)>(StringComparer.Ordinal));

    /// <summary>The series of a signal; null when nothing of it was read that day.</summary>
    public DaySeries? this[string signal] => signals.TryGetValue(signal, out var known) ? known.Series : null;

    /// <summary>The day with other series of one signal.</summary>
    public CountryDay With(string signal, DaySeries series) =>
        new(new SortedList<string, (DaySeries, ReadOnlyMemory<byte>)>(signals, StringComparer.Ordinal) { [signal] = (series, series.Encode()) });

    /// <summary>Packs; equal days give equal bytes.</summary>
    public byte[] Encode()
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        bytes.Write([Format]);
        foreach (var (name, (_, packed)) in signals)
        {
            bytes.Write([(byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)packed.Length, (byte)(packed.Length >> 8)]);
            bytes.Write(packed.Span);
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Unpacks.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another format or damaged.</exception>
    public static CountryDay Decode(ReadOnlyMemory<byte> packed)
    {
        if (packed.IsEmpty || packed.Span[0] != Format)
            throw new InvalidDataException($"A country's day of readings has format {(packed.IsEmpty ? 0 : packed.Span[0])}; this program knows {Format}.");
        var signals = new SortedList<string, (DaySeries, ReadOnlyMemory<byte>)>(StringComparer.Ordinal);
        try
        {
            for (var at = 1; at < packed.Length;)
            {
                var named = at + 1 + packed.Span[at];
                var name = Encoding.ASCII.GetString(packed.Span[(at + 1)..named]);
                var series = packed.Slice(named + 2, packed.Span[named] | (packed.Span[named + 1] << 8));
                signals.Add(name, (DaySeries.Decode(series), series));
                at = named + 2 + series.Length;
            }
        }
        catch (Exception trouble) when (trouble is IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException("A country's day of readings is damaged.", trouble);
        }
        return new CountryDay(signals);
    }
}
