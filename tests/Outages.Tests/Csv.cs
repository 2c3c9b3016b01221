using System.Text;

namespace Pharos.Outages.Tests;

/// <summary>Rows of a comma-separated file, quotes and line breaks inside quotes included.</summary>
public static class Csv
{
    public static IReadOnlyList<string[]> Read(string file)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var letter in File.ReadAllText(file).ReplaceLineEndings("\n"))
        {
            // A doubled quote closes and opens again; no column read here contains one.
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && letter is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
            {
                cell.Append(letter);
            }
        }

        return rows;
    }
}
