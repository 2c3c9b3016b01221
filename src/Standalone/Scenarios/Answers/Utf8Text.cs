using System.Buffers.Text;
using System.Text;

namespace Pharos.Standalone;

/// <summary>A growing run of UTF-8 bytes: the fastest way to write a great deal of known-good JSON.</summary>
internal sealed class Utf8Text(int expected = 1024)
{
    private byte[] bytes = GC.AllocateUninitializedArray<byte>(expected);
    private int length;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public Utf8Text Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
        return this;
    }

    public Utf8Text Add(long number)
    {
        Reserve(20);
        if (number is >= 0 and < 10)
        {
            bytes[length++] = (byte)('0' + number);
            return this;
        }

        Utf8Formatter.TryFormat(number, bytes.AsSpan(length), out var written);
        length += written;
        return this;
    }

    /// <summary>Thousandths as a decimal number: 58042 as 58.042.</summary>
    public Utf8Text AddThousandths(int number)
    {
        Add(number / 1000);
        Reserve(4);
        var to = bytes.AsSpan(length, 4);
        var rest = number % 1000;
        to[3] = (byte)('0' + (rest % 10));
        to[2] = (byte)('0' + (rest / 10 % 10));
        to[1] = (byte)('0' + (rest / 100));
        to[0] = (byte)'.';
        length += 4;
        return this;
    }

    /// <summary>A string in quotes; the text is ours or known to need no escapes, except for those of JSON itself.</summary>
    public Utf8Text AddQuoted(string? text) =>
        text is null ? Add("null"u8) : Add("\""u8).Add(System.Text.Json.JsonEncodedText.Encode(text).EncodedUtf8Bytes).Add("\""u8);

    /// <summary>A UTC time as <c>2014-12-22T16:15:00</c>, without quotes or zone.</summary>
    public Utf8Text AddTime(long unixSeconds)
    {
        Reserve(19);
        var moment = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        var (date, time) = (moment.Date, moment.TimeOfDay);
        Two(date.Year / 100, null);
        Two(date.Year % 100, '-');
        Two(date.Month, '-');
        Two(date.Day, 'T');
        Two(time.Hours, ':');
        Two(time.Minutes, ':');
        Two(time.Seconds, null);
        return this;
    }

    /// <summary>Its text, for humans and debuggers.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Written.Span);

    private void Two(int number, char? after)
    {
        bytes[length++] = (byte)('0' + (number / 10));
        bytes[length++] = (byte)('0' + (number % 10));
        if (after is { } sign)
            bytes[length++] = (byte)sign;
    }

    private void Reserve(int more)
    {
        if (length + more > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
    }
}
