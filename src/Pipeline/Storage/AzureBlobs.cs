using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Pharos.Pipeline;

/// <summary>
/// Blobs in one container of Azure Blob Storage, each under its own name. The service takes a blob whole or not at all.
/// The container is made when a write finds it missing.
/// </summary>
public sealed class AzureBlobs : IBlobs
{
    private readonly BlobContainerClient container;

    internal AzureBlobs(BlobContainerClient container) => this.container = container;

    /// <inheritdoc/>
    public async Task<byte[]?> Read(string name, CancellationToken cancel)
    {
        BlobName.Check(name);
        try
        {
            return (await container.GetBlobClient(name).DownloadContentAsync(cancel)).Value.Content.ToArray();
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task Write(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        BlobName.Check(name);
        var blob = container.GetBlobClient(name);
        var content = BinaryData.FromBytes(bytes);
        try
        {
            await blob.UploadAsync(content, overwrite: true, cancel);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancel);
            await blob.UploadAsync(content, overwrite: true, cancel);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> List(string prefix, CancellationToken cancel)
    {
        BlobName.CheckPrefix(prefix);
        return Pages(prefix, cancel);
    }

    /// <inheritdoc/>
    public async Task Delete(string name, CancellationToken cancel)
    {
        BlobName.Check(name);
        try
        {
            await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancel);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            // Removing what is not there is no error, even where there is no container.
        }
    }

    private async IAsyncEnumerable<string> Pages(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancel).AsPages().GetAsyncEnumerator(cancel);
        while (await Next(pages))
            foreach (var blob in pages.Current.Values)
                yield return blob.Name;

        static async Task<bool> Next(IAsyncEnumerator<Page<BlobItem>> pages)
        {
            try
            {
                return await pages.MoveNextAsync();
            }
            catch (RequestFailedException none) when (none.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                return false;
            }
        }
    }
}
