namespace Pharos.Outages;

/// <summary>Why a subscriber gets a letter, in words the subscriber can check.</summary>
public static class LetterWhy
{
    /// <summary>Two sentences: what made us write now, and what the subscriber asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For this reason no letter is sent.</exception>
    public static string Of(LetterReason reason, string country, Subscription subscription)
    {
        var now = reason switch
        {
            LetterReason.FirstNews => "It is our first letter to you about this event.",
            LetterReason.Worsened => "It got worse since our last letter.",
            LetterReason.Ended => "We wrote to you about the beginning, so we tell you the end.",
            LetterReason.Reopened => "It failed again after we told you that it was over.",
            LetterReason.Retracted => "We wrote to you about something that did not happen, so we take it back.",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "For this reason no letter is sent."),
        };
        var asked = subscription.Countries.Count switch
        {
            0 => "all countries",
            1 => country,
            var several => $"{country} and {Amounts.Number(several - 1)} more",
        };
        return $"{now} You asked for {asked}, severity from {Amounts.Number(subscription.MinimumSeverity)} of 10, confidence from {Amounts.Share(subscription.MinimumConfidence)}.";
    }
}
