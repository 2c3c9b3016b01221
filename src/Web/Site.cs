using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Pharos.Web;

/// <summary>Everything HTTP readers meet, as one pipeline: the same in every host.</summary>
public static class Site
{
    /// <summary>Adds the pipeline to an application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="parts">What it reads from.</param>
    /// <param name="clock">For the age of what it shows.</param>
    /// <param name="failed">Told the path and the reason when an answer went wrong.</param>
    public static void Use(IApplicationBuilder app, Workshop parts, TimeProvider clock, Action<string, Exception> failed)
    {
        app.UseExceptionHandler(broken => broken.Run(context => Apologize(context, failed)));
        app.UseRouting();
        app.UseEndpoints(routes => Api.Map(routes, parts.Assessments, parts.Events, parts.Reports, parts.SourceRuns, clock));
    }

    /// <summary>
    /// The pipeline for a host that has routed the request to one function before. That route is forgotten first: what finds an endpoint set
    /// keeps it, and would call that function without end.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="parts">What it reads from.</param>
    /// <param name="clock">For the age of what it shows.</param>
    /// <param name="failed">Told the path and the reason when an answer went wrong.</param>
    public static RequestDelegate Inner(IServiceProvider services, Workshop parts, TimeProvider clock, Action<string, Exception> failed)
    {
        var app = new ApplicationBuilder(services);
        Use(app, parts, clock, failed);
        var pipeline = app.Build();
        return context =>
        {
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            return pipeline(context);
        };
    }

    private static Task Apologize(HttpContext context, Action<string, Exception> failed)
    {
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } trouble)
            failed(trouble.Path, trouble.Error);
        return Results.Problem("The operator finds the reason in the log of the server.", statusCode: 500, title: "This went wrong").ExecuteAsync(context);
    }
}
