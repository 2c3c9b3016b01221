using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>An answer to "why?" as one JSON object, for programs.</summary>
public static class WhyJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object, indented.</summary>
    public static byte[] Write(WhyAnswer answer)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Options))
        {
            var why = answer.Explanation;
            json.WriteStartObject();
            json.WriteString("format", "pharos.why/1");
            json.WriteString("method", why.Method);
            json.WriteBoolean("as_stored", answer.IsAsStored);
            json.WriteString("stored_state", answer.Stored is { } stored ? AssessmentJson.Word(stored.State) : null);
            json.WritePropertyName("assessment");
            json.WriteRawValue(AssessmentJson.Line(why.Assessment));
            json.WriteStartArray("signals");
            foreach (var signal in why.Signals)
                Write(json, signal);
            json.WriteEndArray();
            Write(json, why.Fusion);
            json.WriteString("stopped_by", answer.StoppedBy is { } stop ? Word(stop.Kind) : null);
            json.WriteStartArray("gates");
            foreach (var gate in answer.Gates)
                Write(json, gate);
            json.WriteEndArray();
            ContextJson.WriteCard(json, why.Card);
            json.WriteEndObject();
        }
        return memory.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SignalExplanation signal)
    {
        json.WriteStartObject();
        json.WriteString("signal", signal.Found.Signal.Name);
        json.WriteString("says", signal.Says);
        json.WriteNumber("common_ratio", signal.CommonRatio);
        json.WriteString("withdrawn", signal.WithdrawnWhy);
        Number(json, "ratio", signal.Ratio);
        Number(json, "drop", signal.Drop);
        Number(json, "noise_allowance", signal.NoiseAllowance);
        Number(json, "sample_loss", signal.SampleLoss);
        Number(json, "averaged_drop", signal.AveragedDrop);
        Number(json, "averaged_sigma", signal.AveragedSigma);
        Number(json, "loss", signal.Found.Loss);
        Number(json, "evidence_before", signal.EvidenceBefore);
        Number(json, "log_ratio", signal.LogRatio);
        Number(json, "tempo", signal.Tempo);
        Number(json, "evidence", signal.Found.Evidence);
        Number(json, "evidence_cap", signal.EvidenceCap);
        json.WriteStartObject("weight");
        Number(json, "most", signal.Factors.Most);
        Number(json, "fresh", signal.Factors.Fresh);
        Number(json, "support", signal.Factors.Support);
        Number(json, "quiet", signal.Factors.Quiet);
        Number(json, "warm", signal.Factors.Warm);
        Number(json, "product", signal.Factors.Product);
        json.WriteEndObject();
        Number(json, "recency", signal.Recency);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FusionExplanation fusion)
    {
        json.WriteStartObject("fusion");
        Number(json, "paths_loss", fusion.PathsLoss);
        Number(json, "gamma", fusion.Gamma);
        Number(json, "loss", fusion.Loss);
        json.WriteNumber("witnesses", fusion.Witnesses);
        Number(json, "routes_left", fusion.RoutesLeft);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Gate gate)
    {
        json.WriteStartObject();
        json.WriteString("gate", Word(gate.Kind));
        json.WriteBoolean("passed", gate.Passed);
        Number(json, "found", gate.Found);
        Number(json, "needed", gate.Needed);
        json.WriteString("says", gate.Says);
        json.WriteEndObject();
    }

    private static string Word(GateKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } told)
            json.WriteNumber(name, Math.Round(told, 6));
        else
            json.WriteNull(name);
    }
}
