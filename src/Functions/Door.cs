using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Pharos.Functions;

/// <summary>Every request goes to the pipeline of <see cref="Site"/>, where the routes are.</summary>
public sealed class Door(RequestDelegate site)
{
    [Function("http")]
    public async Task<IResult> Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", Route = "{*path}")] HttpRequest request)
    {
        await site(request.HttpContext);
        return Results.Empty;
    }
}
