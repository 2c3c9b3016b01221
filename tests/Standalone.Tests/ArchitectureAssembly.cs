using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pharos.Standalone.Tests;

/// <summary>What a compiled assembly knows, read from its metadata: what is not named there is not used.</summary>
internal sealed class ArchitectureAssembly
{
    public static readonly ArchitectureAssembly Outages = new(typeof(Country).Assembly);
    public static readonly ArchitectureAssembly Pipeline = new(typeof(Readings).Assembly);
    public static readonly ArchitectureAssembly Web = new(typeof(Web.Api).Assembly);
    public static readonly ArchitectureAssembly Standalone = new(typeof(Scenario).Assembly);

    private ArchitectureAssembly(Assembly assembly)
    {
        Name = assembly.GetName().Name!;
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        References = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        Types = [.. metadata.TypeReferences.Select(handle => Of(metadata, handle))];
        Members = [.. metadata.MemberReferences.Select(metadata.GetMemberReference).Select(member => $"{Owner(metadata, member.Parent)}.{metadata.GetString(member.Name)}")];
        Defined = [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name)).Where(name => !name.Contains('<', StringComparison.Ordinal))];
    }

    public static IEnumerable<ArchitectureAssembly> All => [Outages, Pipeline, Web, Standalone];

    public string Name { get; }

    /// <summary>Assemblies it was compiled against and uses.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Types of others that it names, with namespace.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Members of others that it uses, as <c>System.DateTime.get_Now</c>.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>Names of its own types.</summary>
    public IReadOnlyList<string> Defined { get; }

    private static string Of(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private static string Owner(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => Of(metadata, (TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => Generic(metadata, metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature)),
        _ => "",
    };

    private static string Generic(MetadataReader metadata, BlobReader signature)
    {
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return "";
        signature.ReadByte(); // Class or value type.
        return signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? Of(metadata, (TypeReferenceHandle)type) : "";
    }
}
