using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pharos.Infra.Tests;

/// <summary>What would be made, for each parameter file and for the private network.</summary>
public partial class SnapshotTests
{
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "blob owner", ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "blob contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "queue contributor", ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "table contributor",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "bus sender", ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "bus receiver", ["090c5cfd-751d-490a-894a-3ce6f1109419"] = "bus owner",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "metrics publisher", ["4633458b-17de-408a-b874-0445c86b69e6"] = "secrets user",
    };

    public static TheoryData<string, string> Environments { get; } = new()
    {
        { "dev", "" }, { "prod", "" }, { "prod", "param privateNetwork = true" },
    };

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task No_key_opens_anything(string parameters, string more)
    {
        var resources = await Resources(parameters, more);
        var accounts = resources.Of("Microsoft.Storage/storageAccounts");
        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account =>
        {
            var properties = account.GetProperty("properties");
            Assert.False(properties.GetProperty("allowSharedKeyAccess").GetBoolean());
            Assert.False(properties.GetProperty("allowBlobPublicAccess").GetBoolean());
            Assert.Equal("TLS1_2", properties.GetProperty("minimumTlsVersion").GetString());
        });
        Assert.True(resources.One("Microsoft.ServiceBus/namespaces").GetProperty("properties").GetProperty("disableLocalAuth").GetBoolean());
        Assert.True(resources.One("Microsoft.Insights/components").GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(resources.One("Microsoft.Communication/communicationServices").GetProperty("properties").GetProperty("disableLocalAuth").GetBoolean());
        Assert.True(resources.One("Microsoft.KeyVault/vaults").GetProperty("properties").GetProperty("enableRbacAuthorization").GetBoolean());
        Assert.All(resources.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies"), policy => Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
        Assert.Equal(2, resources.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count);
        Assert.DoesNotMatch("(?i)AccountKey=|SharedAccess(Key|Signature)|list(Keys|AccountSas|ServiceSas)", string.Concat(resources.Select(each => each.GetRawText())));
        Assert.All(Settings(resources), setting => Assert.DoesNotMatch(@"(?i)(key|secret|password|sig)=", setting.Value.GetString()!));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Every_queue_drops_what_it_knows_and_gives_up_after_five_tries(string parameters, string more)
    {
        var queues = (await Resources(parameters, more)).Of("Microsoft.ServiceBus/namespaces/queues");
        Assert.Equal(JobQueues.All.Order(), queues.Select(Last).Order());
        Assert.All(queues, queue =>
        {
            var properties = queue.GetProperty("properties");
            Assert.True(properties.GetProperty("requiresDuplicateDetection").GetBoolean());
            Assert.Equal("P1D", properties.GetProperty("duplicateDetectionHistoryTimeWindow").GetString());
            Assert.Equal("PT5M", properties.GetProperty("lockDuration").GetString());
            Assert.Equal(Tries.Most, properties.GetProperty("maxDeliveryCount").GetInt32());
            Assert.True(properties.GetProperty("deadLetteringOnMessageExpiration").GetBoolean());
            Assert.Equal(Last(queue) is "collect" or "score" or "report", properties.GetProperty("requiresSession").GetBoolean());
        });
    }

    [Theory]
    [InlineData("dev", "", "bus receiver", "bus sender")]
    [InlineData("prod", "", "bus receiver", "bus sender")]
    [InlineData("prod", "param privateNetwork = true", "bus receiver", "bus sender")]
    [InlineData("dev", "param serviceBusOwner = true", "bus owner")]
    public async Task The_identity_may_do_what_it_needs_and_no_more(string parameters, string more, params string[] bus)
    {
        var resources = await Resources(parameters, more);
        var given = resources.Of("Microsoft.Authorization/roleAssignments").Select(assignment =>
        {
            Assert.Equal("ServicePrincipal", assignment.GetProperty("properties").GetProperty("principalType").GetString());
            var scope = Scope().Match(assignment.GetProperty("name").GetString()!).Groups[1].Value;
            var role = assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1];
            return $"{Regex.Replace(scope, "dev.*|prod.*", "")}: {Roles[role]}";
        });
        string[] needed =
        [
            "phhost: blob owner", "phhost: queue contributor", "phhost: table contributor", "phdata: blob contributor", "phdata: table contributor",
            "appi-pharos-: metrics publisher", "kv-: secrets user", .. bus.Select(role => $"sb-pharos-: {role}"),
        ];
        Assert.Equal(needed.Order(), given.Order());
    }

    [Fact]
    public async Task A_developer_may_touch_the_data_and_nothing_else()
    {
        var resources = await Resources("dev", "param developerId = '00000000-0000-0000-0000-000000000003'");
        var person = resources.Of("Microsoft.Authorization/roleAssignments").Where(each => each.GetProperty("properties").GetProperty("principalType").GetString() == "User").ToList();
        Assert.Equal(2, person.Count);
        Assert.All(person, each => Assert.Contains("/storageAccounts/phdata", each.GetProperty("id").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Everything_is_tagged_and_what_works_is_diagnosed(string parameters, string more)
    {
        var resources = await Resources(parameters, more);
        string[] bare = ["Microsoft.Authorization/roleAssignments", "Microsoft.Insights/diagnosticSettings", "Microsoft.Consumption/budgets"];
        var tops = resources.Where(each => Type(each).Count(letter => letter == '/') == 1 && !bare.Contains(Type(each))).ToList();
        Assert.True(tops.Count > 12);
        Assert.All(tops, each => Assert.Equal(("pharos", parameters), (each.GetProperty("tags").GetProperty("application").GetString(), each.GetProperty("tags").GetProperty("azd-env-name").GetString())));

        var diagnosed = resources.Of("Microsoft.Insights/diagnosticSettings").Select(each => each.GetProperty("id").GetString()!.Split("/providers/Microsoft.Insights/")[0]).ToList();
        string[] working = ["Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/tableServices", "Microsoft.ServiceBus/namespaces", "Microsoft.KeyVault/vaults", "Microsoft.Web/sites"];
        Assert.Equal(resources.Where(each => working.Contains(Type(each))).Select(each => each.GetProperty("id").GetString()!).Order(), diagnosed.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task The_application_is_Flex_Consumption_on_NET_10_with_its_identity(string parameters, string more)
    {
        var resources = await Resources(parameters, more);
        Assert.Equal("FC1", resources.One("Microsoft.Web/serverfarms").GetProperty("sku").GetProperty("name").GetString());
        var app = resources.One("Microsoft.Web/sites").GetProperty("properties");
        Assert.Equal("10.0", app.GetProperty("functionAppConfig").GetProperty("runtime").GetProperty("version").GetString());
        Assert.Equal("UserAssignedIdentity", app.GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage").GetProperty("authentication").GetProperty("type").GetString());
        Assert.True(app.GetProperty("httpsOnly").GetBoolean());
        Assert.DoesNotContain(Settings(resources), setting => setting.Name is "AzureWebJobsStorage" or "FUNCTIONS_WORKER_RUNTIME" or "WEBSITE_RUN_FROM_PACKAGE");
    }

    [Fact]
    public async Task A_private_network_leaves_no_public_endpoint()
    {
        var resources = await Resources("prod", "param privateNetwork = true");
        string[] doors = ["Microsoft.Storage/storageAccounts", "Microsoft.ServiceBus/namespaces", "Microsoft.KeyVault/vaults"];
        Assert.All(resources.Where(each => doors.Contains(Type(each))), each => Assert.Equal("Disabled", each.GetProperty("properties").GetProperty("publicNetworkAccess").GetString()));
        Assert.Equal(7, resources.Of("Microsoft.Network/privateEndpoints").Count);
        Assert.Equal(5, resources.Of("Microsoft.Network/privateDnsZones").Count);
        Assert.Equal("Premium", resources.One("Microsoft.ServiceBus/namespaces").GetProperty("sku").GetProperty("name").GetString());
        Assert.NotEqual(JsonValueKind.Null, resources.One("Microsoft.Web/sites").GetProperty("properties").GetProperty("virtualNetworkSubnetId").ValueKind);
        Assert.Empty((await Resources("prod", "")).Of("Microsoft.Network/privateEndpoints"));
    }

    [Fact]
    public async Task An_own_domain_is_linked_in_a_second_phase()
    {
        var first = await Resources("prod", "");
        Assert.Equal(0, first.One("Microsoft.Communication/communicationServices").GetProperty("properties").GetProperty("linkedDomains").GetArrayLength());
        Assert.Empty(first.Of("Microsoft.Communication/communicationServices/smtpUsernames"));
        var second = await Resources("prod", "param smtpApplicationId = '00000000-0000-0000-0000-000000000004'", replace: "emailLinkDomain = true");
        Assert.Equal(1, second.One("Microsoft.Communication/communicationServices").GetProperty("properties").GetProperty("linkedDomains").GetArrayLength());
        Assert.Single(second.Of("Microsoft.Communication/communicationServices/smtpUsernames"));
        Assert.Equal("smtp.azurecomm.net", Settings(second).Single(setting => setting.Name == "PHAROS_SMTP_HOST").Value.GetString());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Somebody_is_told(string parameters, string more)
    {
        var resources = await Resources(parameters, more);
        var alerts = resources.Where(each => Type(each) is "Microsoft.Insights/scheduledQueryRules" or "Microsoft.Insights/metricAlerts" or "Microsoft.Insights/activityLogAlerts").ToList();
        Assert.Equal(
            ["dead-letters", "failures", "given-up", "heartbeat", "queue-age", "resource-health"],
            alerts.Select(each => string.Join('-', Last(each).Split('-').Skip(3))).Order());
        var runbook = ArchitectureRepository.Text("infra/README.md");
        Assert.All(alerts, each => Assert.Contains($"`{string.Join('-', Last(each).Split('-').Skip(3))}`", runbook, StringComparison.Ordinal));
        Assert.All(alerts, each => Assert.Contains("/actionGroups/ag-pharos-", each.GetProperty("properties").GetProperty("actions").GetRawText(), StringComparison.Ordinal));
        Assert.Single(resources.Of("Microsoft.Consumption/budgets"));
    }

    private static async Task<IReadOnlyList<JsonElement>> Resources(string parameters, string more, string? replace = null) =>
        [.. (await Bicep.Snapshot(parameters, more, replace)).EnumerateArray()];

    private static List<JsonProperty> Settings(IReadOnlyList<JsonElement> resources) => [.. resources.One("Microsoft.Web/sites/config").GetProperty("properties").EnumerateObject()];

    private static string Type(JsonElement resource) => resource.GetProperty("type").GetString()!;

    private static string Last(JsonElement resource) => resource.GetProperty("name").GetString()!.Split('/')[^1];

    [GeneratedRegex("/([a-z-]+[a-z0-9-]*)', reference")]
    private static partial Regex Scope();
}
