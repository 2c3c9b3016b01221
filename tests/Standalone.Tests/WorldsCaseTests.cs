namespace Pharos.Standalone.Tests;

public class WorldsCaseTests
{
    public static TheoryData<string> Names => [.. WorldCase.All.Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_named_case_is_told_as_it_is(string name)
    {
        var known = WorldCase.All.Single(known => known.Name == name);
        var run = new Lockstep(known.Make(1).Series, Method.Standard);
        run.Run();
        var told = run.Predictions();
        Assert.True(told.Count == known.Events, $"{told.Count} events instead of {known.Events}: {string.Join("; ", told)}");
        if (known.Class is { } kind)
            Assert.All(told, said => Assert.Equal(kind, said.Class));
    }
}
