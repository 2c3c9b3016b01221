namespace Pharos.Pipeline.Tests;

public class CloudTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["ServiceBusConnection:fullyQualifiedNamespace"] = "pharos.servicebus.windows.net", ["PHAROS_STORAGE"] = "pharosdata", ["PHAROS_CONTACT"] = "ops@example.org",
        ["PHAROS_MAIL_FROM"] = "pharos@example.org", ["PHAROS_BASE_ADDRESS"] = "https://pharos.example.org",
    };

    [Fact]
    public void Good_settings_are_taken_and_mail_and_telemetry_may_be_missing()
    {
        var settings = CloudSettings.Read(Good.GetValueOrDefault);
        Assert.Equal(("pharos.servicebus.windows.net", "pharosdata"), (settings.Namespace, settings.Storage));
        Assert.Null(settings.Smtp);
        Assert.Null(settings.Telemetry);
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault/secrets/smtp)", false)]
    [InlineData("", false)]
    public void Mail_is_sent_once_its_password_is_in_the_vault(string password, bool isSent)
    {
        var settings = new Dictionary<string, string>(Good) { ["PHAROS_SMTP_HOST"] = "smtp.example.org", ["PHAROS_SMTP_USER"] = "pharos", ["PHAROS_SMTP_PASSWORD"] = password };
        Assert.Equal(isSent, CloudSettings.Read(settings.GetValueOrDefault).Smtp is { User: "pharos" });
    }

    [Fact]
    public void Every_wrong_setting_is_named_at_once_and_no_value_is_repeated()
    {
        var message = Assert.Throws<InvalidOperationException>(() => CloudSettings.Read(_ => "not/one of them")).Message;
        Assert.All(Good.Keys, name => Assert.Contains($"Set {name.Replace(":", "__")} to", message, StringComparison.Ordinal));
        Assert.DoesNotContain("not/one", message, StringComparison.Ordinal);
        Assert.Contains("PHAROS_CONTACT", Assert.Throws<InvalidOperationException>(() => CloudSettings.Read(_ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_job_has_a_queue_that_its_id_begins_with()
    {
        Job[] jobs = [new Job.Collect("ioda", default), new Job.Score("KP", default, default, "x"), new Job.Report("KP", "e", 1), new Job.Deliver("l"), new Job.Sweep(default)];
        Assert.Equal(typeof(Job).GetNestedTypes().Length, jobs.Length);
        Assert.Equal(JobQueues.All, jobs.Select(JobQueues.Of));
        Assert.All(jobs, job => Assert.StartsWith(JobQueues.Of(job) + "-", job.Id, StringComparison.Ordinal));
        Assert.Equal(["ioda", "KP", "KP", null, null], jobs.Select(JobQueues.SessionOf));
    }

    [Fact]
    public void A_job_is_tried_five_times_and_waits_longer_each_time() =>
        Assert.Equal([15, 60, 240, 960, null], Enumerable.Range(1, 5).Select(tried => (int?)Tries.After(tried)?.TotalSeconds));
}
