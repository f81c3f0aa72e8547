using System.Text;
using System.Text.Encodings.Web;
using PLService.Api.Http;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace PLService.Api.Features.Operations;

/// <summary>The contract as a file and as pages, and a page that explains every problem code.</summary>
internal static class Documentation
{
    private static readonly Lazy<string> ProblemsPage = new(WriteProblemsPage);

    /// <summary>The pages stand before authentication: whoever may reach the service may read how to call it.</summary>
    public static void UseDocumentation(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs"), docs =>
        {
            docs.Use(AllowOwnPages);
            docs.Map("/docs/problems", problems => problems.Run(context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync(ProblemsPage.Value, context.RequestAborted);
            }));
            docs.UseSwaggerUI(ui =>
            {
                ui.RoutePrefix = "docs";
                ui.DocumentTitle = "PLService reference";
                ui.SwaggerEndpoint("/openapi/v1.json", "PLService v1");
                ui.DocExpansion(DocExpansion.None);
            });
        });
    }

    public static void Map(WebApplication app) => app.MapSwagger("/openapi/{documentName}.json").AllowAnonymous();

    // The pages need their own scripts and styles; everything else keeps the policy that allows nothing.
    private static Task AllowOwnPages(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
        return next(context);
    }

    private static string WriteProblemsPage()
    {
        var page = new StringBuilder(
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>PLService: problems</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1D2430;background:#FBFAF7}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid #d9d5cb}code{white-space:nowrap}
            @media(prefers-color-scheme:dark){body{color:#ECE9E2;background:#12161D}th,td{border-color:#39414f}}</style>
            <h1>Problems</h1><p>Every failure is <code>application/problem+json</code> with one of these codes. The type is <code>urn:plservice:problem:</code> and the code.
            Faults of rows in imported files have codes of their own; the import's error file explains each beside its row.</p>
            <table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it means</th><th scope="col">What helps</th></tr></thead><tbody>
            """);
        foreach (var entry in ProblemCodes.All)
        {
            var html = HtmlEncoder.Default;
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"<tr id=\"{entry.Code}\"><td><code>{entry.Code}</code></td><td>{entry.Status}</td><td>{html.Encode(entry.Meaning)}</td><td>{html.Encode(entry.Remedy)}</td></tr>\n");
        }

        return page.Append("</tbody></table></html>\n").ToString();
    }
}
