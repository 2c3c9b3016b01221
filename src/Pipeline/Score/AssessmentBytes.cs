using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// An hour of a country's assessments as kept, a tenth of their JSON: 1 byte format, the names of the signals, then a line per bin, each after its length.
/// Numbers are whole multiples of the last decimal that <see cref="AssessmentJson"/> shows, as zig-zag variable-length integers; what does not fit is a double.
/// </summary>
internal sealed class AssessmentBytes
{
    private const byte Format = 1, HasValue = 1, HasCoverage = 2, HasExpected = 4, Wide = 8, Worse = 8, HasTrend = 16, HasRates = 32;
    private const int GapShift = 4;
    private const double MostScaled = 1e14;

    private readonly IReadOnlyList<Signal> signals;
    private readonly byte[] head;
    private readonly ArrayBufferWriter<byte> hour = new(4096);
    private readonly byte[] room;
    private int used;

    /// <summary>Writes hours of assessments of the signals.</summary>
    public AssessmentBytes(IReadOnlyList<Signal> signals)
    {
        this.signals = signals;
        room = new byte[128 + (64 * signals.Count)];
        head = [Format, (byte)signals.Count, .. signals.SelectMany(signal => (byte[])[(byte)signal.Name.Length, .. Encoding.ASCII.GetBytes(signal.Name)])];
    }

    /// <summary>Starts an hour; with some lines of it as they were kept before.</summary>
    public void Begin(ReadOnlySpan<byte> kept = default)
    {
        hour.ResetWrittenCount();
        hour.Write(kept.IsEmpty ? head : kept);
    }

    /// <summary>The hour so far.</summary>
    public byte[] Hour => hour.WrittenSpan.ToArray();

    /// <summary>The start of a kept hour up to a bin of it; empty when it is of other signals or not all lines are there.</summary>
    public ReadOnlyMemory<byte> Start(ReadOnlyMemory<byte> kept, int lines)
    {
        if (!kept.Span.StartsWith(head))
            return default;
        var at = head.Length;
        for (; lines > 0; lines--)
        {
            if (at + 2 > kept.Length)
                return default;
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(kept.Span[at..]);
        }
        return kept[..at];
    }

    /// <summary>Adds the line of the next bin.</summary>
    public void Add(Assessment assessment)
    {
        used = 0;
        var trend = assessment.Worsening;
        Byte(assessment.Bin.Number - (assessment.Bin.Hour * Bin.PerHour));
        Byte((int)assessment.State | ((int)assessment.Now << 4));
        Byte((int)assessment.Flags | (trend.Flagged ? Worse : 0) | (AssessmentJson.Shows(trend) ? HasTrend : 0) | (trend.FrequencyZ is null || trend.DurationZ is null ? 0 : HasRates));
        Put(assessment.Score, 1e2).Put(assessment.Confidence, 1e4).Put(assessment.Coverage, 1e4).Put(assessment.Evidence, 1e2);
        if (AssessmentJson.Shows(trend))
            Put(trend.AreaZ, 1e3).Put(trend.PointsPerHour, 1e3);
        if (trend is { FrequencyZ: { } frequency, DurationZ: { } duration })
            Put(frequency, 1e3).Put(duration, 1e3);
        var planes = assessment.Planes;
        Put(planes.RoutesWeight, 1e4).Put(planes.RoutesLoss, 1e4).Put(planes.PathsWeight, 1e4).Put(planes.PathsLoss, 1e4).Put(planes.UsersWeight, 1e4).Put(planes.UsersLoss, 1e4);
        Byte(assessment.Signals.Count);
        var index = 0;
        foreach (var signal in assessment.Signals)
        {
            while (signals[index % signals.Count] != signal.Signal)
                index++;
            Byte(index++ % signals.Count);
            Put(signal);
        }
        var line = hour.GetSpan(2 + used);
        BinaryPrimitives.WriteUInt16LittleEndian(line, (ushort)used);
        room.AsSpan(0, used).CopyTo(line[2..]);
        hour.Advance(2 + used);
    }

    private void Put(SignalAssessment signal)
    {
        var seen = signal.Reading.TryValue(out var value);
        var wide = value > MostScaled || signal.Expected > MostScaled;
        Byte((seen ? HasValue : (int)signal.Reading.Gap << GapShift) | (signal.Reading.Coverage is null ? 0 : HasCoverage) | (signal.Expected is null ? 0 : HasExpected) | (wide ? Wide : 0));
        if (seen)
            Put(value, 1e4, wide);
        if (signal.Reading.Coverage is { } coverage)
            Put(coverage, 1);
        if (signal.Expected is { } expected)
            Put(expected, 1e4, wide);
        Put(signal.Spread, 1e5).Put(signal.Loss, 1e4).Put(signal.Evidence, 1e2).Put(signal.Weight, 1e3);
    }

    private void Byte(int value) => room[used++] = (byte)value;

    private void Put(double value, double scale, bool wide)
    {
        if (!wide)
        {
            Put(value, scale);
            return;
        }
        BinaryPrimitives.WriteDoubleLittleEndian(room.AsSpan(used), value);
        used += sizeof(double);
    }

    private AssessmentBytes Put(double value, double scale)
    {
        var whole = (long)Math.Round(value * scale);
        var left = (ulong)((whole << 1) ^ (whole >> 63));
        for (; left >= 0x80; left >>= 7)
            room[used++] = (byte)(left | 0x80);
        room[used++] = (byte)left;
        return this;
    }

    /// <summary>The assessments of a kept hour, in order; signals that are not among those given are left out.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another format or damaged.</exception>
    public static List<Assessment> Read(Country country, int hour, ReadOnlySpan<byte> kept, IReadOnlyList<Signal> signals)
    {
        try
        {
            return new Reader(kept).Read(country, hour, signals);
        }
        catch (Exception trouble) when (trouble is IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"The assessments of {country} in hour {hour} are damaged.", trouble);
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int at;

        public List<Assessment> Read(Country country, int hour, IReadOnlyList<Signal> signals)
        {
            if (Byte() is var format && format != Format)
                throw new InvalidDataException($"An hour of assessments has format {format}; this program knows {Format}.");
            var known = new Signal?[Byte()];
            for (var i = 0; i < known.Length; i++)
            {
                var length = Byte();
                foreach (var signal in signals)
                    if (bytes.Slice(at, length).SequenceEqual(Encoding.ASCII.GetBytes(signal.Name)))
                        known[i] = signal;
                at += length;
            }
            var found = new List<Assessment>(Bin.PerHour);
            while (at < bytes.Length)
            {
                at += 2;
                found.Add(Line(country, hour, known));
            }
            return found;
        }

        private Assessment Line(Country country, int hour, Signal?[] known)
        {
            var bin = new Bin((hour * Bin.PerHour) + Byte());
            int states = Byte(), flags = Byte();
            double score = Number(1e2), confidence = Number(1e4), coverage = Number(1e4), evidence = Number(1e2);
            var trend = Worsening.None;
            if ((flags & HasTrend) != 0)
            {
                double area = Number(1e3), speed = Number(1e3);
                trend = new Worsening((flags & Worse) != 0, area, (flags & HasRates) != 0 ? Number(1e3) : null, (flags & HasRates) != 0 ? Number(1e3) : null, speed);
            }
            var planes = new PlaneNumbers(Number(1e4), Number(1e4), Number(1e4), Number(1e4), Number(1e4), Number(1e4));
            var count = Byte();
            var told = new List<SignalAssessment>(count);
            for (; count > 0; count--)
            {
                var signal = known[Byte()];
                var one = Signal(signal!);
                if (signal is not null)
                    told.Add(one);
            }
            return new Assessment(
                country, bin, (State)(states & 15), (Now)(states >> 4), score, confidence, coverage, evidence, trend, (Flags)(flags & 7), told) { Planes = planes };
        }

        private SignalAssessment Signal(Signal signal)
        {
            var bits = Byte();
            var wide = (bits & Wide) != 0;
            var value = (bits & HasValue) != 0 ? Number(1e4, wide) : 0;
            int? coverage = (bits & HasCoverage) != 0 ? (int)Number(1) : null;
            var reading = (bits & HasValue) != 0 ? Reading.Of(value, coverage) : Reading.Missing((Gap)(bits >> GapShift));
            double? expected = (bits & HasExpected) != 0 ? Number(1e4, wide) : null;
            return new SignalAssessment(signal, reading, expected, Number(1e5), Number(1e4), Number(1e2), Number(1e3));
        }

        private int Byte() => bytes[at++];

        private double Number(double scale, bool wide)
        {
            if (!wide)
                return Number(scale);
            at += sizeof(double);
            return BinaryPrimitives.ReadDoubleLittleEndian(bytes[(at - sizeof(double))..]);
        }

        private double Number(double scale)
        {
            var packed = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = bytes[at++];
                packed |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return ((long)(packed >> 1) ^ -(long)(packed & 1)) / scale;
            }
        }
    }
}
