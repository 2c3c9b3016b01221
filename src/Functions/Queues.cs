using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Pharos.Functions;

/// <summary>The work: a function per kind of <see cref="Job"/>, each on the queue of its name.</summary>
public sealed class Queues(JobRunner runner, ServiceBusJobs jobs, ILogger<Queues> log)
{
    [Function("collect")]
    public Task Collect(
        [ServiceBusTrigger("collect", Connection = "ServiceBusConnection", IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions, CancellationToken stop) => Run(message, actions, stop);

    [Function("score")]
    public Task Score(
        [ServiceBusTrigger("score", Connection = "ServiceBusConnection", IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions, CancellationToken stop) => Run(message, actions, stop);

    [Function("report")]
    public Task Report(
        [ServiceBusTrigger("report", Connection = "ServiceBusConnection", IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions, CancellationToken stop) => Run(message, actions, stop);

    [Function("deliver")]
    public Task Deliver(
        [ServiceBusTrigger("deliver", Connection = "ServiceBusConnection", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions, CancellationToken stop) => Run(message, actions, stop);

    [Function("sweep")]
    public Task Sweep(
        [ServiceBusTrigger("sweep", Connection = "ServiceBusConnection", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions, CancellationToken stop) => Run(message, actions, stop);

    /// <summary>
    /// Runs a message and settles it: done is completed, a failure is sent again for later and completed, the last one and what cannot be read is dead,
    /// with its reason. One that is stopped comes back when its lock ends.
    /// </summary>
    private async Task Run(ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken stop)
    {
        try
        {
            await runner.Run(JobJson.Read(message.Body.ToMemory().Span), stop);
        }
        catch (JsonException odd)
        {
            await Bury(message, actions, odd);
            return;
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(trouble, "{Message} failed at try {Try}", message.MessageId, ServiceBusJobs.Tried(message));
            if (!await jobs.SendAgain(message))
            {
                await Bury(message, actions, trouble);
                return;
            }
        }
        await actions.CompleteMessageAsync(message, CancellationToken.None);
    }

    private async Task Bury(ServiceBusReceivedMessage message, ServiceBusMessageActions actions, Exception trouble)
    {
        log.LogError(trouble, "{Message} is given up", message.MessageId);
        await actions.DeadLetterMessageAsync(
            message, deadLetterReason: trouble.GetType().Name, deadLetterErrorDescription: trouble.Message[..Math.Min(1_000, trouble.Message.Length)]);
    }
}
