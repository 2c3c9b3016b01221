using System.Text.RegularExpressions;

namespace Pharos.Infra.Tests;

/// <summary>
/// No default build compiles <c>src/Functions</c>, so it is read as text: the pipeline, the functions and the infrastructure name the same things.
/// </summary>
public class ParityTests
{
    private static readonly string Functions = string.Concat(ArchitectureRepository.Sources("Functions").Select(ArchitectureRepository.Text));
    private static readonly string Main = ArchitectureRepository.Text("infra/main.bicep");

    [Fact]
    public void Every_kind_of_job_has_its_queue_and_its_function()
    {
        Assert.Equal(typeof(Job).GetNestedTypes().Select(kind => kind.Name.ToLowerInvariant()).Order(), JobQueues.All.Order());
        var functions = Regex.Matches(Functions, """\[Function\("([\w-]+)"\)\]\s+public Task \w+\(\s*\[ServiceBusTrigger\("([\w-]+)", Connection = "(\w+)"(, IsSessionsEnabled = true)?, AutoCompleteMessages = false\)\]""");
        Assert.Equal(Regex.Count(Functions, @"\[ServiceBusTrigger"), functions.Count);
        Assert.Equal(JobQueues.All.Order(), functions.Select(function => function.Groups[2].Value).Order());
        Assert.All(functions, function => Assert.Equal((function.Groups[2].Value, "ServiceBusConnection"), (function.Groups[1].Value, function.Groups[3].Value)));

        var queues = Regex.Matches(Main, @"\{ name: '([\w-]+)', sessions: (true|false) \}");
        Assert.Equal(
            functions.Select(function => $"{function.Groups[2].Value} {function.Groups[4].Success}").Order(),
            queues.Select(queue => $"{queue.Groups[1].Value} {bool.Parse(queue.Groups[2].Value)}").Order());
        Job[] jobs = [new Job.Collect("s", default), new Job.Score("KP", default, default, "c"), new Job.Report("KP", "e", 1), new Job.Deliver("l"), new Job.Sweep(default)];
        Assert.All(jobs, job => Assert.Equal(JobQueues.SessionOf(job) is not null, functions.Single(each => each.Groups[2].Value == JobQueues.Of(job)).Groups[4].Success));
    }

    [Fact]
    public void Every_line_of_the_timetable_has_its_timer()
    {
        var timers = Regex.Matches(Functions, """\[Function\("([\w-]+)"\)\]\s+public Task \w+\(\[TimerTrigger\("([^"]+)"\)\] TimerInfo \w+, CancellationToken \w+\) => Enqueue\("([\w-]+)",""");
        Assert.Equal(Regex.Count(Functions, @"\[TimerTrigger"), timers.Count);
        Assert.Equal(Schedule.All.Select(entry => $"{entry.Name} {entry.Cron}").Order(), timers.Select(timer => $"{timer.Groups[1].Value} {timer.Groups[2].Value}").Order());
        Assert.All(timers, timer => Assert.Equal(timer.Groups[1].Value, timer.Groups[3].Value));
    }

    [Fact]
    public void Every_setting_that_is_read_is_set_and_the_other_way_round()
    {
        // Read by the host, its extensions and the libraries of Azure.
        string[] platform =
        [
            "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsDisableHomepage",
            "ServiceBusConnection__credential", "ServiceBusConnection__clientId", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "AZURE_CLIENT_ID",
            "AZURE_TOKEN_CREDENTIALS", "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED",
        ];
        var code = Functions + ArchitectureRepository.Text("src/Pipeline/Work/CloudSettings.cs");
        var read = Regex.Matches(code, """(?:Need|setting|environment)\w*\(\s*"([\w:]+)["]""").Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)).Distinct();
        Assert.DoesNotContain("Environment.GetEnvironmentVariable", Functions, StringComparison.Ordinal);
        var block = Regex.Match(Main, @"\n    settings: \{\n(.*?)\n    \}", RegexOptions.Singleline).Groups[1].Value;
        var set = Regex.Matches(block, @"^      (\w+):", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.Equal(read.Concat(platform).Order(), set.Order());
        var needed = Regex.Matches(code, """Need\("([\w:]+)["]""").Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, needed.Count);
        Assert.All(needed, name => Assert.Contains($"\"{name}\":", ArchitectureRepository.Text("src/Functions/local.settings.json.template"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_table_that_the_pipeline_uses_is_made()
    {
        var code = ArchitectureRepository.Sources("Pipeline").Where(file => !file.Contains("Storage/Azure", StringComparison.Ordinal) && !file.Contains("Storage/Sqlite", StringComparison.Ordinal)).Select(ArchitectureRepository.Text).ToList();
        var named = code.SelectMany(text => Regex.Matches(text, """const string (?:\w*Table = "\w+"(?:, )?)+""").SelectMany(match => Regex.Matches(match.Value, """Table = "(\w+)["]""")));
        var called = code.SelectMany(text => Regex.Matches(text, """tables\.\w+\(\s*"(\w+)["]"""));
        var scored = Regex.Matches(ArchitectureRepository.Text("src/Pipeline/Score/ScoreTables.cs"), """const string (?!World)\w+ = "(\w+)["]""");
        var used = named.Concat(called).Concat(scored).Select(match => match.Groups[1].Value).Distinct().Order();
        var block = Regex.Match(Main, @"\n    tables: \[\n(.*?)\n    \]", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(used, Regex.Matches(block, @"'(\w+)'").Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void Functions_is_thin_and_alone_with_its_packages()
    {
        Assert.True(ArchitectureRepository.Sources("Functions").Sum(file => ArchitectureRepository.Text(file).Count(letter => letter == '\n')) < 250);
        foreach (var project in ArchitectureRepository.Projects().Where(project => !project.EndsWith("/Functions.csproj", StringComparison.Ordinal)))
            Assert.DoesNotMatch("Azure.Functions|Azure.Messaging", ArchitectureRepository.Text(project));
    }

    [Fact]
    public void The_table_of_parameters_in_the_README_is_that_of_the_file()
    {
        var parameters = Regex.Matches(Main, @"@description\('((?:[^'\\]|\\.)*)'\)\n((?:@\w+\([^\n]*\)\n)*)param (\w+) ([\w\[\]]+)(?: = ([^\n]+))?\n");
        Assert.Equal(Regex.Count(Main, @"(?m)^param "), parameters.Count);
        var rows = parameters.Select(each => $"| `{each.Groups[3].Value}` | {each.Groups[4].Value} | {(each.Groups[5].Success ? $"`{each.Groups[5].Value}`" : "required")} | {each.Groups[1].Value} |");
        var table = $"| parameter | type | default | what it is |\n| --- | --- | --- | --- |\n{string.Join('\n', rows)}\n";
        var readme = Path.Combine(ArchitectureRepository.Root, "infra", "README.md");
        var (text, start, end) = (File.ReadAllText(readme), "<!-- parameters -->\n", "<!-- end -->");
        if (Environment.GetEnvironmentVariable("PHAROS_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(readme, text = Regex.Replace(text, $"{start}.*{end}", start + table.Replace("$", "$$", StringComparison.Ordinal) + end, RegexOptions.Singleline));
        Assert.Contains(start + table + end, text, StringComparison.Ordinal);
    }
}
