namespace Pharos.Pipeline;

/// <summary>
/// Blobs as files under a root folder, each under its own name. A write goes to a temporary file that then takes the name in one step,
/// so a kill leaves the old blob or the new one, and at worst a temporary file that the next opening removes.
/// </summary>
public sealed class FileBlobs : IBlobs
{
    // Not a blob name, so it never meets one.
    private const string Unfinished = "~unfinished";

    private readonly string root;
    private readonly string unfinished;
    private readonly bool flush;

    /// <summary>Opens a root, makes it when missing and clears away what killed writers left.</summary>
    /// <param name="root">Folder of its own.</param>
    /// <param name="flush">Wait for the disk at each write, so that a power cut cannot take it.</param>
    public FileBlobs(string root, bool flush = false)
    {
        this.root = Path.GetFullPath(root);
        this.flush = flush;
        unfinished = Path.Combine(this.root, Unfinished);
        Directory.CreateDirectory(unfinished);
        foreach (var file in Directory.EnumerateFiles(unfinished))
            RemoveIfLeft(file);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> Read(string name, CancellationToken cancel)
    {
        BlobName.Check(name);
        try
        {
            // Sharing lets a writer replace the file meanwhile; the reader keeps the old one.
            await using var file = new FileStream(
                PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancel);
            return bytes;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(PathOf(name)))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task Write(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        BlobName.Check(name);
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(unfinished, Path.GetRandomFileName());
        try
        {
            // Open until it has its name: the lock tells a second process that this file is not left over.
            await using var file = new FileStream(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
            await file.WriteAsync(bytes, cancel);
            file.Flush(flush);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> List(string prefix, CancellationToken cancel)
    {
        BlobName.CheckPrefix(prefix);
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        return Under(folder, prefix, cancel).ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public Task Delete(string name, CancellationToken cancel)
    {
        BlobName.Check(name);
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(name);
        if (File.Exists(path))
            File.Delete(path);
        return Task.CompletedTask;
    }

    /// <param name="folder">Empty, or ends with a slash.</param>
    /// <param name="prefix">What the names begin with; lies in the folder.</param>
    /// <param name="cancel">Ends the walk.</param>
    private IEnumerable<string> Under(string folder, string prefix, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var directory = new DirectoryInfo(Path.Combine(root, folder));
        if (!directory.Exists)
            yield break;

        // With its slash a folder sorts where the names in it belong: a-b, a.b, a/b.
        var entries = directory.EnumerateFileSystemInfos()
            .Select(entry => entry is DirectoryInfo ? $"{folder}{entry.Name}/" : folder + entry.Name)
            .Where(entry => entry.StartsWith(prefix, StringComparison.Ordinal) && BlobName.IsValid(entry.TrimEnd('/')))
            .Order(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!entry.EndsWith('/'))
            {
                yield return entry;
                continue;
            }

            foreach (var name in Under(entry, entry, cancel))
                yield return name;
        }
    }

    private string PathOf(string name) => Path.Combine(root, name);

    private static void RemoveIfLeft(string file)
    {
        try
        {
            // Refused while its writer, perhaps in another process, still holds it.
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }

            File.Delete(file);
        }
        catch (IOException)
        {
            return;
        }
    }
}
