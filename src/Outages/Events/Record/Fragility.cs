namespace Pharos.Outages;

/// <summary>Risk of disconnection by the number of providers that connect a country to the world (Renesys, "Could it happen in your country?", 2012).</summary>
public enum FragilityTier
{
    /// <summary>One or two.</summary>
    Severe,

    /// <summary>Three to nine.</summary>
    Significant,

    /// <summary>Ten to forty.</summary>
    Low,

    /// <summary>More than forty.</summary>
    Resistant,
}

/// <summary>How many providers connect a country to the world, where a source tells.</summary>
/// <param name="Providers">How many.</param>
/// <param name="Source">Who counted them, and when.</param>
public sealed record Fragility(int Providers, string Source)
{
    /// <summary>The tier.</summary>
    public FragilityTier Tier => TierOf(Providers);

    /// <summary>The tier of a number of providers.</summary>
    public static FragilityTier TierOf(int providers) => providers switch
    {
        <= 0 => throw new ArgumentOutOfRangeException(nameof(providers), providers, "A country on the Internet has at least one provider."),
        <= 2 => FragilityTier.Severe,
        < 10 => FragilityTier.Significant,
        <= 40 => FragilityTier.Low,
        _ => FragilityTier.Resistant,
    };

    /// <summary>What is known of a country at a time; null where nothing is: no source of ours counts providers yet.</summary>
    public static Fragility? Of(Country country, Bin at) => country.Code switch
    {
        "KP" when at.Start.Year is 2014 => new Fragility(1, "Dyn, 22 Dec 2014: one active provider, AS4837"),
        "KP" when at.Start.Year is 2013 => new Fragility(2, "Dyn, March 2013: AS4837 and AS22351"),
        _ => null,
    };
}
