using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pharos.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
var settings = CloudSettings.Read(name => builder.Configuration[name]);
var storage = new AzureStorage(settings.Storage);
var clock = TimeProvider.System;
IMail mail = settings.Smtp is { } smtp ? new SmtpMail(smtp, clock) : new NoMail();

if (settings.Telemetry is not null)
    builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults().UseAzureMonitorExporter(options => options.Credential = new DefaultAzureCredential());
builder.Services.AddSingleton(clock);
builder.Services.AddSingleton(_ => new ServiceBusClient(settings.Namespace, new DefaultAzureCredential()));
builder.Services.AddSingleton<ServiceBusJobs>();
builder.Services.AddSingleton<IJobs>(services => services.GetRequiredService<ServiceBusJobs>());
// A day: history beyond that is filled in by the standalone host, day by day.
builder.Services.AddSingleton(services => new Workshop(
    new WorkshopSettings { Contact = settings.Contact, From = settings.From, BaseAddress = new Uri(settings.Address), Start = (_, until) => until.AddDays(-1) },
    storage.Tables, storage.Blobs, services.GetRequiredService<IJobs>(), mail, clock));
builder.Services.AddSingleton(services => services.GetRequiredService<Workshop>().Runner);
builder.Services.AddSingleton<RequestDelegate>(services => Site.Inner(
    services, services.GetRequiredService<Workshop>(), clock,
    (path, trouble) => services.GetRequiredService<ILogger<Door>>().LogError(trouble, "{Path} failed", path)));

await builder.Build().RunAsync();
