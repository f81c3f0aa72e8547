using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PLService.Api.Tests.Frameworks;

/// <summary>A web server with files of others, on this machine.</summary>
internal static class FilePlace
{
    private static readonly ConcurrentDictionary<string, RequestDelegate> Answers = new();
    private static readonly Lazy<Task<string>> Address = new(StartAsync);

    /// <summary>The address of a file with this text.</summary>
    public static Task<string> PutAsync(string text) => PutAsync(context => context.Response.WriteAsync(text));

    /// <summary>An address that answers so.</summary>
    public static async Task<string> PutAsync(RequestDelegate answer)
    {
        var path = $"/{Guid.NewGuid():N}";
        Answers[path] = answer;
        return await Address.Value + path;
    }

    private static async Task<string> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            if (Answers.TryGetValue(context.Request.Path.Value!, out var answer))
                return answer(context);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app.Urls.Single();
    }
}
