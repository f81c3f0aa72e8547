using System.Reflection;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Architecture;

/// <summary>What every endpoint is: one class in its feature, named like its operation, with a decision who may call it and a validator.</summary>
public sealed class EndpointTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Features = UseCaseClasses.Namespace;
    private const int MaxLines = 120;

    /// <summary>Routes that are documents for people and tools, not operations.</summary>
    private static readonly string[] Documents = ["/openapi/{documentName}.json"];

    [Fact]
    public void Every_endpoint_is_a_use_case_of_a_feature_and_its_operation_bears_its_name() => Check(endpoint =>
    {
        var useCase = UseCaseOf(endpoint);
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        return useCase?.Namespace?.StartsWith(Features, StringComparison.Ordinal) is not true ? $"its handler is in {useCase?.FullName}, not in a feature"
            : name != useCase.Name ? $"its operation id is {name}, its class {useCase.Name}" : null;
    });

    [Fact]
    public void Every_endpoint_says_who_may_call_it() => Check(endpoint =>
        new object?[] { endpoint.Metadata.GetMetadata<IAllowAnonymous>(), endpoint.Metadata.GetMetadata<RequiredScope>(), endpoint.Metadata.GetMetadata<RequiredCaller>() }.Count(m => m is not null) != 1
            ? "it needs one of RequireScope, RequireClient, RequirePerson, RequireParticipant, RequireLogin or AllowAnonymous"
            : endpoint.Metadata.GetMetadata<RequiredScope>() is { } scope && !Scopes.All.ContainsKey(scope.Scope) ? $"{scope.Scope} is no scope" : null);

    [Fact]
    public void A_scope_that_reads_lets_nobody_write() => Check(endpoint =>
        endpoint.Metadata.GetMetadata<RequiredScope>() is { } scope
        && !scope.Scope.EndsWith(":read", StringComparison.Ordinal) == endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET")
            ? $"it needs {scope.Scope} and is {endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]}"
            : null);

    [Fact]
    public void Every_request_is_validated() => Check(endpoint =>
    {
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>()!;
        var requests = handler.GetParameters().Select(p => p.ParameterType).Where(type => type.Namespace?.StartsWith("PLService.Api.", StringComparison.Ordinal) is true && IsRequest(type)).ToList();
        var validated = endpoint.Metadata.GetOrderedMetadata<ValidatedBy>().Select(v => v.RequestType).ToList();
        return requests.Except(validated).FirstOrDefault() is { } open ? $"{open.Name} is not validated: add .Validate<{open.Name}>()"
            : validated.Find(type => api.Services.GetService(typeof(IValidator<>).MakeGenericType(type)) is null) is { } missing ? $"there is no validator of {missing}" : null;
    });

    [Fact]
    public void Query_parameters_are_members_of_a_request_that_is_validated() => Check(endpoint =>
    {
        var route = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var loose = endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Where(p => !route.Contains(p.Name!) && IsSimple(p.ParameterType)).ToList();
        return loose.Count == 0 ? null : $"{string.Join(", ", loose.Select(p => p.Name))} stands alone in the handler: put it into [AsParameters] Request";
    });

    [Fact]
    public void Every_endpoint_has_a_file_of_its_own_of_120_lines_at_most() => Check(endpoint =>
    {
        if (UseCaseOf(endpoint) is not { } useCase || useCase.Namespace?.StartsWith(Features, StringComparison.Ordinal) is not true)
            return "its handler is not in a feature";
        var file = Repository.PathOf("api", "PLService.Api", "Features", Path.Combine(useCase.Namespace[Features.Length..].Split('.')), useCase.Name + ".cs");
        return !File.Exists(file) ? $"{file} is missing"
            : File.ReadLines(file).Count() is > MaxLines and var lines ? $"{file} has {lines} lines, {MaxLines} at most" : null;
    });

    [Fact]
    public void Every_use_case_is_served()
    {
        var written = UseCaseClasses.All();
        Assert.NotEmpty(written);

        Findings.None(written.Except(Endpoints().Select(UseCaseOf)).Select(type => $"{type!.FullName} is in no feature's list of routes"));
    }

    internal static Type? UseCaseOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType is { } type ? Outermost(type) : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // Bound from the body or, with [AsParameters], from the query; what binds itself (IfMatch) or is a service is neither.
    private static bool IsRequest(Type type) =>
        type.Name.EndsWith("Request", StringComparison.Ordinal) || type.DeclaringType?.Namespace?.StartsWith(Features, StringComparison.Ordinal) is true;

    private static bool IsSimple(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { } simple
        && (simple.IsPrimitive || simple.IsEnum || simple == typeof(string) || simple == typeof(Guid) || simple == typeof(DateOnly) || simple == typeof(DateTimeOffset));

    // What another specification describes follows that one: the provider of CASE has tests of its own.
    private List<RouteEndpoint> Endpoints() => [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => !Documents.Contains(endpoint.RoutePattern.RawText) && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
        .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith(CaseAddresses.BasePath, StringComparison.Ordinal) is not true)];

    private void Check(Func<RouteEndpoint, string?> rule)
    {
        var endpoints = Endpoints();
        Assert.True(endpoints.Count >= 11, $"Only {endpoints.Count} endpoints were found to check.");

        Findings.None(endpoints.Select(endpoint => (Endpoint: endpoint, Fault: rule(endpoint))).Where(found => found.Fault is not null)
            .Select(found => $"{found.Endpoint.DisplayName}: {found.Fault}"));
    }
}
