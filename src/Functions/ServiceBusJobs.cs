using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus;

namespace Pharos.Functions;

/// <summary>
/// Jobs as messages: a queue per kind, the id of the job as MessageId, which the queue remembers for a day, and a session where order matters.
/// </summary>
public sealed class ServiceBusJobs(ServiceBusClient client, TimeProvider clock) : IJobs
{
    private const string TriesProperty = "tries";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, ServiceBusSender> senders = JobQueues.All.ToDictionary(queue => queue, client.CreateSender);

    /// <inheritdoc/>
    public async Task Enqueue(IReadOnlyCollection<Job> jobs, DateTimeOffset? due, CancellationToken cancel)
    {
        foreach (var queue in jobs.GroupBy(JobQueues.Of))
        {
            var waiting = new Queue<ServiceBusMessage>(queue.Select(job => Message(job, due)));
            while (waiting.Count > 0)
            {
                using var batch = await senders[queue.Key].CreateMessageBatchAsync(cancel);
                while (waiting.TryPeek(out var next) && batch.TryAddMessage(next))
                    waiting.Dequeue();
                if (batch.Count == 0)
                    throw new InvalidOperationException($"The job {waiting.Peek().MessageId} is larger than a message may be.");
                await senders[queue.Key].SendMessagesAsync(batch, cancel);
            }
        }
    }

    /// <summary>How often a message was tried, this time included; 1 at first.</summary>
    public static int Tried(ServiceBusReceivedMessage message) => message.ApplicationProperties.TryGetValue(TriesProperty, out var tries) ? (int)tries : 1;

    /// <summary>Sends a message that failed once more, for later. False, and nothing happens, when it was the last try.</summary>
    public async Task<bool> SendAgain(ServiceBusReceivedMessage message)
    {
        if (Tries.After(Tried(message)) is not { } wait)
            return false;
        var again = Copy(message, Tried(message) + 1);
        again.ScheduledEnqueueTime = clock.GetUtcNow() + wait;
        await senders[JobQueues.Of(JobJson.Read(message.Body.ToMemory().Span))].SendMessageAsync(again, CancellationToken.None);
        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel)
    {
        var found = new List<(DateTimeOffset Since, DeadJob Job)>();
        foreach (var queue in JobQueues.All)
        {
            await using var dead = Dead(queue);
            foreach (var message in await dead.PeekMessagesAsync(most, cancellationToken: cancel))
                if (JobOf(message) is { } job)
                    found.Add((message.EnqueuedTime, new DeadJob(job.Id, job, Tried(message), $"{message.DeadLetterReason}: {message.DeadLetterErrorDescription}")));
        }
        return [.. found.OrderBy(each => each.Since).Take(most).Select(each => each.Job)];
    }

    /// <inheritdoc/>
    public async Task Redrive(string id, CancellationToken cancel)
    {
        var queue = JobQueues.All.First(name => id.StartsWith(name, StringComparison.Ordinal));
        await using var dead = Dead(queue);
        while (await dead.ReceiveMessagesAsync(100, Patience, cancel) is { Count: > 0 } messages)
            foreach (var message in messages.Where(message => JobOf(message)?.Id == id))
            {
                await senders[queue].SendMessageAsync(Copy(message, 1), cancel);
                await dead.CompleteMessageAsync(message, cancel);
                return; // The locks of the others end by themselves.
            }
    }

    private static ServiceBusMessage Message(Job job, DateTimeOffset? due)
    {
        var message = new ServiceBusMessage(new BinaryData(JobJson.Write(job))) { MessageId = job.Id, ContentType = "application/json" };
        if (JobQueues.SessionOf(job) is { } session)
            message.SessionId = session;
        if (due is { } later)
            message.ScheduledEnqueueTime = later;
        return message;
    }

    // Under another id, or the queue would drop it as known; under the same one when it is copied twice.
    private static ServiceBusMessage Copy(ServiceBusReceivedMessage message, int tries)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{message.MessageId}|{message.SequenceNumber}");
        return new ServiceBusMessage(message)
        {
            MessageId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))), ApplicationProperties = { [TriesProperty] = tries },
        };
    }

    private static Job? JobOf(ServiceBusReceivedMessage message) => JobJson.TryRead(message.Body.ToMemory().Span, out var job) is null ? job : null;

    private ServiceBusReceiver Dead(string queue) => client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
}
