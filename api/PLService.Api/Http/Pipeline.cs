using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using PLService.Api.Access;

namespace PLService.Api.Http;

/// <summary>The order in which a request passes, and what each station needs.</summary>
internal static class Pipeline
{
    /// <summary>Bodies may be this large unless an endpoint says otherwise (imports do).</summary>
    public const long MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Headers may be this large altogether; a token takes about one.</summary>
    public const int MaxHeaderBytes = 16 * 1024;

    /// <summary>The rate limit of what can be used to guess, see <see cref="SignInLimit"/>.</summary>
    private const string SignInPolicy = "sign-in";

    /// <summary>The rate limit of addresses that programs fetch by themselves, see <see cref="FetchLimit"/>.</summary>
    private const string FetchPolicy = "fetch";

    /// <summary>The endpoint can be used to guess or to bother somebody, so that one address can use it only so often.</summary>
    public static RouteHandlerBuilder LimitSignIns(this RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(SignInPolicy).WithMetadata(new SignInLimit());

    /// <summary>Whoever has the address can fetch it only so often: programs that fetch it by themselves are set wrongly more often than people know.</summary>
    public static RouteHandlerBuilder LimitFetches(this RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(FetchPolicy).WithMetadata(new FetchLimit());

    public static WebApplicationBuilder AddHttp(this WebApplicationBuilder builder, TimeProvider? clock)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            // Kestrel refuses without a body; up to here LimitHeaders refuses first, with one.
            kestrel.Limits.MaxRequestHeadersTotalSize = 4 * MaxHeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        builder.Services.AddExceptionHandler<Failures>();
        builder.Services.AddValidators();
        builder.Services.AddScoped<IdempotencyStore>();
        builder.Services.AddSingleton(clock ?? new Persistence.StoredClock());
        AddCors(builder);
        AddOwnCors(builder);
        AddRateLimit(builder);
        return builder;
    }

    /// <summary>The one way in which JSON is read and written.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        // Of two members of one name one would be lost without a word.
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        // Names and comments stay legible; nothing of this is ever embedded in HTML.
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    public static WebApplication UseHttp(this WebApplication app)
    {
        // Outermost, so that the log has the status that was really sent.
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler(_ => { });
        app.Use(SecurityHeaders);
        app.Use(LimitHeaders);
        app.UseStatusCodePages(context => StatusPages.WriteAsync(context.HttpContext));
        app.UseRouting();
        app.UseCors();
        // Before the rate limit, which counts per client, and before authorization, which reads scopes.
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<ViewAs>();
        app.UseAuthorization();
        app.UseMiddleware<QueryGuard>();
        // Innermost: only what is allowed opens a transaction.
        app.UseMiddleware<UnitOfWork>();
        return app;
    }

    private static Task SecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }

    private static Task LimitHeaders(HttpContext context, RequestDelegate next)
    {
        var size = 0;
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
                size += name.Length + (value?.Length ?? 0) + 4;
        }

        return size <= MaxHeaderBytes
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status431RequestHeaderFieldsTooLarge, "request.headers_too_large",
                $"The headers have {size} bytes; {MaxHeaderBytes} are allowed.");
    }

    /// <summary>What pages of any origin may read.</summary>
    public const string OpenToPages = "open";

    private static void AddCors(WebApplicationBuilder builder) => builder.Services.AddCors(cors => cors.AddPolicy(OpenToPages, policy => policy
        .AllowAnyOrigin().WithMethods("GET").WithHeaders("Authorization", "Accept", "If-None-Match", "If-Modified-Since", TokenRefusal.TenantHeader)
        .WithExposedHeaders("ETag", "Link", "Retry-After", "X-Total-Count")));

    private static void AddOwnCors(WebApplicationBuilder builder) => builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy =>
    {
        var origins = (builder.Configuration.GetSection("Access").Get<AccessOptions>() ?? new()).AllowedOrigins;
        policy.WithOrigins(origins)
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "If-Match", "If-None-Match", IdempotencyStore.Header, "Prefer", ViewAs.Header, TokenRefusal.TenantHeader)
            .WithExposedHeaders("ETag", "Location", "Retry-After", "PLService-Outcome");
        // For the cookie of a session, which pages of any origin do not get.
        if (!origins.Contains("*"))
            policy.AllowCredentials();
    }));

    private static void AddRateLimit(WebApplicationBuilder builder) => builder.Services.AddRateLimiter(limiter =>
    {
        var options = builder.Configuration.GetSection("Access").Get<AccessOptions>() ?? new();
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            // A known caller has a bucket of its own; strangers share one per address.
            context.RequestServices.GetRequiredService<Caller>() is { IsKnown: true } caller ? caller.ActorId.ToString() : $"{context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestBurst,
                TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                AutoReplenishment = true,
            }));
        limiter.AddPolicy(SignInPolicy, context => RateLimitPartition.GetTokenBucketLimiter(
            $"{context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, options.SignInsPerMinute),
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / Math.Max(1, options.SignInsPerMinute),
                AutoReplenishment = true,
            }));
        limiter.AddPolicy(FetchPolicy, context => RateLimitPartition.GetTokenBucketLimiter(
            context.Request.Path.Value ?? "",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = FetchLimit.Burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / FetchLimit.PerMinute,
                AutoReplenishment = true,
            }));
        limiter.OnRejected = async (context, _) =>
        {
            if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<SignInLimit>() is not null && context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await Problems.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "rate.limited", "There are too many sign-ins from your address; wait for Retry-After seconds.");
                return;
            }

            if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<FetchLimit>() is not null && context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var pause))
            {
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await Problems.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "rate.limited",
                    string.Create(CultureInfo.InvariantCulture, $"This address may be fetched {FetchLimit.PerMinute} times a minute; wait for Retry-After seconds."));
                return;
            }

            context.HttpContext.Response.Headers.RetryAfter = "1";
            await Problems.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "rate.limited",
                string.Create(CultureInfo.InvariantCulture, $"This client may make {options.RequestsPerSecond} requests a second; wait for Retry-After seconds."));
        };
    });
}

/// <summary>Says that the endpoint has a rate limit per address.</summary>
internal sealed record SignInLimit;

/// <summary>Says that the endpoint has a rate limit per address that is fetched.</summary>
internal sealed record FetchLimit
{
    public const int PerMinute = 6;
    public const int Burst = 30;
}
