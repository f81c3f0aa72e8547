using Swashbuckle.AspNetCore.SwaggerUI;

namespace PLService.Api.Features.Operations;

/// <summary>The contract as a file and as pages.</summary>
internal static class Documentation
{
    public static void Map(WebApplication app)
    {
        app.MapSwagger("/openapi/{documentName}.json").AllowAnonymous();
        app.Use(AllowOwnPages);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "PLService reference";
            ui.SwaggerEndpoint("/openapi/v1.json", "PLService v1");
            ui.DocExpansion(DocExpansion.None);
        });
    }

    // The pages need their own scripts and styles; everything else keeps the policy that allows nothing.
    private static Task AllowOwnPages(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/docs"))
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
        return next(context);
    }
}
