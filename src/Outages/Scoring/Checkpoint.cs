using System.Runtime.InteropServices;

namespace Pharos.Outages;

/// <summary>A country's state as bytes: the same state gives the same bytes, about 3 kB per signal, one table entity.</summary>
public static class Checkpoint
{
    private const byte Format = 1;

    /// <summary>Writes a state.</summary>
    public static byte[] Write(CountryState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var memory = new MemoryStream(32 * 1024);
        using var writer = new BinaryWriter(memory);
        writer.Write(Format);
        writer.Write(state.Country.Code);
        writer.Write(state.Last?.Number ?? int.MinValue);
        writer.Write(state.Hour);
        writer.Write((byte)state.State);
        Write(writer, state.Fused);
        writer.Write(state.Series.Length);
        foreach (var signal in state.Series)
            Write(writer, signal);
        Write(writer, state.Dips);
        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>Reads a state. Signals it does not know start cold; signals that are no longer judged are dropped.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another format.</exception>
    public static CountryState Read(ReadOnlyMemory<byte> bytes, IReadOnlyList<Signal> signals, Method method)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out var array))
            array = bytes.ToArray();
        using var reader = new BinaryReader(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false));
        if (reader.ReadByte() is var format && format != Format)
            throw new InvalidDataException($"This is a checkpoint of format {format}, not {Format}: delete it, and it is rebuilt from the readings.");
        var state = new CountryState(Country.Parse(reader.ReadString()), signals, method);
        var last = reader.ReadInt32();
        state.Last = last == int.MinValue ? null : new Bin(last);
        state.Hour = reader.ReadInt32();
        state.State = (State)reader.ReadByte();
        state.Fused = ReadFusion(reader);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var known = Array.Find(state.Series, signal => signal.Signal.Name == name);
            Read(reader, known ?? new SignalState(Signals.IodaBgp, method.Of(Signals.IodaBgp)));
        }
        Read(reader, state.Dips);
        return state;
    }

    private static void Write(BinaryWriter writer, in Fusion fused)
    {
        foreach (var number in (ReadOnlySpan<double>)[fused.ControlWeight, fused.DataWeight, fused.UsageWeight, fused.ControlLoss, fused.DataLoss, fused.UsageLoss,
            fused.PathLoss, fused.Loss, fused.Evidence, fused.Coverage, fused.Confidence, fused.RoutesLeft])
            writer.Write(number);
        writer.Write(fused.Disagree);
    }

    private static Fusion ReadFusion(BinaryReader reader) => new()
    {
        ControlWeight = reader.ReadDouble(), DataWeight = reader.ReadDouble(), UsageWeight = reader.ReadDouble(),
        ControlLoss = reader.ReadDouble(), DataLoss = reader.ReadDouble(), UsageLoss = reader.ReadDouble(),
        PathLoss = reader.ReadDouble(), Loss = reader.ReadDouble(), Evidence = reader.ReadDouble(), Coverage = reader.ReadDouble(),
        Confidence = reader.ReadDouble(), RoutesLeft = reader.ReadDouble(), Disagree = reader.ReadBoolean(),
    };

    private static void Write(BinaryWriter writer, SignalState signal)
    {
        writer.Write(signal.Signal.Name);
        var baseline = signal.Baseline;
        Write(writer, MemoryMarshal.AsBytes<float>(baseline.Clean));
        Write(writer, MemoryMarshal.AsBytes<float>(baseline.Raw));
        Write(writer, MemoryMarshal.AsBytes<float>(baseline.Current));
        foreach (var number in (ReadOnlySpan<double>)[baseline.Before, baseline.Here, baseline.After, signal.Scale, signal.Samples, signal.Averaged,
            signal.AveragedSigma, signal.Evidence, signal.Loss, signal.Value, signal.CleanHours])
            writer.Write(number);
        foreach (var number in (ReadOnlySpan<int>)[signal.Coverage, signal.LastBin, signal.DirtyHours, signal.AloneHours, signal.LoneHours, signal.HighHours])
            writer.Write(number);
        writer.Write(signal.HourDirty);
        writer.Write(signal.Dirty);
    }

    private static void Read(BinaryReader reader, SignalState signal)
    {
        var baseline = signal.Baseline;
        Fill(reader, MemoryMarshal.AsBytes(baseline.Clean.AsSpan()));
        Fill(reader, MemoryMarshal.AsBytes(baseline.Raw.AsSpan()));
        Fill(reader, MemoryMarshal.AsBytes(baseline.Current.AsSpan()));
        (baseline.Before, baseline.Here, baseline.After) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (signal.Scale, signal.Samples, signal.Averaged) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (signal.AveragedSigma, signal.Evidence, signal.Loss) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (signal.Value, signal.CleanHours) = (reader.ReadDouble(), reader.ReadDouble());
        (signal.Coverage, signal.LastBin, signal.DirtyHours) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        (signal.AloneHours, signal.LoneHours, signal.HighHours) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        (signal.HourDirty, signal.Dirty) = (reader.ReadBoolean(), reader.ReadBoolean());
    }

    private static void Write(BinaryWriter writer, Dips dips)
    {
        foreach (var number in (ReadOnlySpan<int>)[dips.UnknownFor, dips.OffFor, dips.OnFor, dips.TotalFor, dips.GoneFor, dips.Onset, dips.LastEnd, dips.LastLength,
            dips.LastBlip, dips.LastLong, dips.RecedingFor, dips.Hits, dips.QuarterBins, dips.QuarterKnown])
            writer.Write(number);
        foreach (var number in (ReadOnlySpan<double>)[dips.Floor, dips.LastPeak, dips.QuarterSum])
            writer.Write(number);
        foreach (var flag in (ReadOnlySpan<bool>)[dips.InDip, dips.Receding, dips.LookNext, dips.Worsening.Flagged])
            writer.Write(flag);
        foreach (var number in (ReadOnlySpan<double>)[dips.Worsening.AreaZ, dips.Worsening.FrequencyZ ?? double.NaN, dips.Worsening.DurationZ ?? double.NaN, dips.Worsening.PointsPerHour])
            writer.Write(number);
        Write(writer, dips.Dip);
        writer.Write(dips.ShortDips.Count);
        dips.ShortDips.ForEach(writer.Write);
        writer.Write(dips.Episode is not null);
        if (dips.Episode is { } episode)
            Write(writer, episode);
    }

    private static void Read(BinaryReader reader, Dips dips)
    {
        (dips.UnknownFor, dips.OffFor, dips.OnFor, dips.TotalFor, dips.GoneFor) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        (dips.Onset, dips.LastEnd, dips.LastLength, dips.LastBlip, dips.LastLong) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        (dips.RecedingFor, dips.Hits, dips.QuarterBins, dips.QuarterKnown) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        (dips.Floor, dips.LastPeak, dips.QuarterSum) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (dips.InDip, dips.Receding, dips.LookNext) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        dips.Worsening = new Worsening(reader.ReadBoolean(), reader.ReadDouble(), OrNull(reader.ReadDouble()), OrNull(reader.ReadDouble()), reader.ReadDouble());
        dips.Dip = ReadDip(reader);
        for (var left = reader.ReadInt32(); left > 0; left--)
            dips.ShortDips.Add(reader.ReadInt32());
        dips.Episode = reader.ReadBoolean() ? ReadEpisode(reader) : null;
    }

    private static void Write(BinaryWriter writer, Episode episode)
    {
        foreach (var number in (ReadOnlySpan<int>)[episode.Onset, episode.Found, episode.ClosedAt, episode.WorseningSince, episode.QuartersEver])
            writer.Write(number);
        foreach (var number in (ReadOnlySpan<double>)[episode.Peak, episode.AreaHours, episode.Confidence, episode.Coverage])
            writer.Write(number);
        writer.Write(episode.Dips.Count);
        foreach (var dip in episode.Dips)
            Write(writer, dip);
        writer.Write(episode.Quarters.Count);
        episode.Quarters.ForEach(writer.Write);
    }

    private static Episode ReadEpisode(BinaryReader reader)
    {
        var episode = new Episode
        {
            Onset = reader.ReadInt32(), Found = reader.ReadInt32(), ClosedAt = reader.ReadInt32(), WorseningSince = reader.ReadInt32(), QuartersEver = reader.ReadInt32(),
            Peak = reader.ReadDouble(), AreaHours = reader.ReadDouble(), Confidence = reader.ReadDouble(), Coverage = reader.ReadDouble(),
        };
        for (var left = reader.ReadInt32(); left > 0; left--)
            episode.Dips.Add(ReadDip(reader));
        for (var left = reader.ReadInt32(); left > 0; left--)
            episode.Quarters.Add(reader.ReadSingle());
        return episode;
    }

    private static void Write(BinaryWriter writer, in DipState dip)
    {
        foreach (var number in (ReadOnlySpan<int>)[dip.Onset, dip.Found, dip.End, dip.Fall])
            writer.Write(number);
        foreach (var number in (ReadOnlySpan<double>)[dip.Peak, dip.AreaHours, dip.FallLoss])
            writer.Write(number);
    }

    private static DipState ReadDip(BinaryReader reader) => new()
    {
        Onset = reader.ReadInt32(), Found = reader.ReadInt32(), End = reader.ReadInt32(), Fall = reader.ReadInt32(),
        Peak = reader.ReadDouble(), AreaHours = reader.ReadDouble(), FallLoss = reader.ReadDouble(),
    };

    private static void Write(BinaryWriter writer, ReadOnlySpan<byte> bytes) => writer.Write(bytes);

    private static void Fill(BinaryReader reader, Span<byte> bytes) => reader.BaseStream.ReadExactly(bytes);

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
