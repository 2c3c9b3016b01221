namespace Pharos.Pipeline;

/// <summary>
/// Named bytes, for what is too large for a row. Names are path-like: lower-case letters, digits, <c>. - _ /</c>; no empty part and none that
/// ends with a dot. A name is never the folder of another name. <see cref="BlobName"/> holds the rules.
/// Adapters: files and Azure Blob Storage; one contract test suite for both.
/// </summary>
public interface IBlobs
{
    /// <summary>The bytes, or null.</summary>
    Task<byte[]?> Read(string name, CancellationToken cancel);

    /// <summary>Writes whole or not at all; a reader never sees half.</summary>
    Task Write(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Names that start with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> List(string prefix, CancellationToken cancel);

    /// <summary>Removes a blob; removing what is not there is no error.</summary>
    Task Delete(string name, CancellationToken cancel);
}
