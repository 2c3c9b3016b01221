using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;

namespace Pharos.Outages;

/// <summary>Reads <c>countries.tsv</c>, the table embedded in this assembly; its head names the columns and their sources.</summary>
internal static class CountryTable
{
    public static IReadOnlyList<CountryFacts> Read()
    {
        using var stream = typeof(CountryTable).Assembly.GetManifestResourceStream("countries.tsv")
            ?? throw new UnreachableException("countries.tsv is not embedded in the assembly.");
        using var reader = new StreamReader(stream);

        var rows = new List<CountryFacts>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                rows.Add(Row(line));
        }

        return rows;
    }

    private static CountryFacts Row(string line) => line.Split('\t') is
        [var code, var name, var otherNames, var zones, var population, var year, _, var region, var subregion]
        ? new CountryFacts(
            Country.OfRow(code),
            name,
            List(zones, ','),
            long.Parse(population, CultureInfo.InvariantCulture),
            int.Parse(year, CultureInfo.InvariantCulture),
            region,
            subregion,
            List(otherNames, '|'))
        : throw new UnreachableException($"countries.tsv has a row that does not have nine columns: '{line}'.");

    private static ReadOnlyCollection<string> List(string cell, char separator) =>
        Array.AsReadOnly(cell.Split(separator, StringSplitOptions.RemoveEmptyEntries));
}
