using MimeKit;

namespace Pharos.Pipeline;

/// <summary>
/// Letters as files, <c>letter-id.eml</c>, for a reader or a mail program on the same machine. A file is whole or not there;
/// the draft of a sender that died is written over by the next.
/// </summary>
public sealed class EmlFolder(string folder) : IMail
{
    /// <inheritdoc/>
    public async Task<string> Send(string letter, MimeMessage message, CancellationToken cancel)
    {
        if (!letter.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-'))
            throw new MailException(MailTrouble.Permanent, $"'{letter}' is no name for a file.");
        try
        {
            Directory.CreateDirectory(folder);
            var (file, draft) = (Path.Combine(folder, letter + ".eml"), Path.Combine(folder, $".{letter}.draft"));
            await using (var stream = File.Create(draft))
                await message.WriteToAsync(Mime.Format, stream, cancel);
            File.Move(draft, file, overwrite: true);
            return $"{letter}.eml";
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new MailException(MailTrouble.Temporary, $"The letter could not be written: {trouble.Message}", trouble);
        }
    }
}
