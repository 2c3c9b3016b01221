namespace Pharos.Pipeline;

/// <summary>The SQL of the queue: one row per job, which a state and a time move along.</summary>
internal sealed class JobStatements(SqliteDatabase database)
{
    // States of a row. Numbers, because they lead the index.
    public const int Waiting = 0, OnLoan = 1, Dead = 2, Done = 3;

    public SqliteStatement Forget { get; } = database.Prepare($"DELETE FROM jobs WHERE state = {Done} AND at <= ?1");

    public SqliteStatement Add { get; } = database.Prepare(
        $"INSERT INTO jobs(id, state, at, deliveries, lease, reason, body) VALUES(?1, {Waiting}, ?2, 0, 0, '', ?3) ON CONFLICT(id) DO NOTHING");

    public SqliteStatement NextToken { get; } = database.Prepare("UPDATE counters SET value = value + 1 WHERE name = 'lease' RETURNING value");

    public SqliteStatement AnyRanOut { get; } = database.Prepare($"SELECT 1 FROM jobs WHERE state = {OnLoan} AND at <= ?1 LIMIT 1");

    // The token stays with a job that fell back: whoever finishes late is believed for as long as nobody else has begun.
    public SqliteStatement Bury { get; } = database.Prepare(
        $"UPDATE jobs SET state = {Dead}, at = ?1, reason = ?2 WHERE state = {OnLoan} AND at <= ?1 AND deliveries >= {SqliteJobs.MostDeliveries}");

    public SqliteStatement FallBack { get; } = database.Prepare(
        $"UPDATE jobs SET state = {Waiting}, reason = ?2 WHERE state = {OnLoan} AND at <= ?1");

    public SqliteStatement RunOut { get; } = database.Prepare($"UPDATE jobs SET at = ?1 WHERE state = {OnLoan} AND at > ?1");

    public SqliteStatement Due { get; } = database.Prepare(
        $"SELECT seq, deliveries, body FROM jobs WHERE state = {Waiting} AND at <= ?1 ORDER BY at, seq LIMIT ?2");

    public SqliteStatement Lend { get; } = database.Prepare(
        "UPDATE jobs SET state = ?2, at = ?3, deliveries = deliveries + 1, lease = ?4, reason = ?5 WHERE seq = ?1");

    public SqliteStatement Complete { get; } = database.Prepare(
        $"UPDATE jobs SET state = {Done}, at = ?3, lease = 0, body = '' WHERE id = ?1 AND lease = ?2 RETURNING 1");

    public SqliteStatement Retry { get; } = database.Prepare(
        "UPDATE jobs SET state = ?3, at = ?4, lease = 0, reason = ?5 WHERE id = ?1 AND lease = ?2 RETURNING 1");

    public SqliteStatement ListDead { get; } = database.Prepare(
        $"SELECT id, deliveries, reason, body FROM jobs WHERE state = {Dead} ORDER BY at, seq");

    public SqliteStatement Redrive { get; } = database.Prepare(
        $"""
        UPDATE jobs SET state = {Waiting}, at = ?2, deliveries = 0, lease = 0, seq = (SELECT max(seq) + 1 FROM jobs)
        WHERE id = ?1 AND state = {Dead}
        """);

    public SqliteStatement NextDue { get; } = database.Prepare(
        $"""
        SELECT min(at) FROM (SELECT min(at) AS at FROM jobs WHERE state = {Waiting} UNION ALL SELECT min(at) FROM jobs WHERE state = {OnLoan})
        """);

    public SqliteStatement Count { get; } = database.Prepare("SELECT count(*) FROM jobs WHERE state = ?1 AND at > ?2 AND at <= ?3");

    /// <summary>Whether a lease has run out.</summary>
    public bool IsAnyLate(DateTimeOffset now)
    {
        using var run = AnyRanOut.Run();
        run.Bind(1, now.UtcTicks);
        return run.Step();
    }

    /// <summary>Ends the leases that have run out, one way or the other.</summary>
    public static void End(SqliteStatement statement, DateTimeOffset now, string reason)
    {
        using var run = statement.Run();
        run.Bind(1, now.UtcTicks);
        run.Bind(2, reason);
        run.Step();
    }

    /// <summary>A token that was never given before.</summary>
    public long DrawToken()
    {
        using var run = NextToken.Run();
        run.Step();
        var token = run.Long(0);
        run.Step();
        return token;
    }
}
