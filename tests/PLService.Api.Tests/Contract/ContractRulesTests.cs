using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Contract;

/// <summary>What every operation of the served contract says of itself, so that a reader and a generator need nothing else.</summary>
public sealed class ContractRulesTests(ContractRulesTests.Served served) : IClassFixture<ContractRulesTests.Served>
{
    /// <summary>OAuth's own shape of failures, which OAuth libraries expect.</summary>
    private const string TokenEndpoint = "IssueToken";


    [Fact]
    public void It_is_valid_OpenAPI()
    {
        var read = OpenApiDocument.Parse(served.Contract.Root.ToJsonString(), "json");

        Findings.None((read.Diagnostic?.Errors ?? []).Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Equal("PLService", read.Document?.Info.Title);
    }

    [Fact]
    public void What_is_served_is_what_it_lists()
    {
        var routes = served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != "/openapi/{documentName}.json" && endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName);

        Assert.Equal(routes.Order(StringComparer.Ordinal), served.Contract.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own_a_summary_a_description_and_a_tag() => Check(operation =>
    [
        served.Contract.Operations.Count(other => other.Id == operation.Id) == 1 ? null : $"its id {operation.Id} is not its own",
        Text(operation.Json["summary"]) is { Length: > 5 and <= 80 } ? null : "it has no summary of 80 characters at most",
        Text(operation.Json["description"]) is { Length: > 10 } ? null : "it has no description: write a summary on its class",
        operation.Json["tags"]?.AsArray().Count == 1 ? null : "it needs exactly one tag",
    ]);

    /// <summary>What people call who are not signed in yet; each is proven to let nobody in who should not.</summary>
    private static readonly string[] Doors = ["StartSupportSession", "GetSignIn", "GetUnsubscription", "Unsubscribe", "SignIn", "CompleteSecondFactor", "StartPasskeySignIn", "SignInWithPasskey",
        "RefreshSession", "SignOut", "RequestPasswordReset", "ConfirmPasswordReset", "FindByJoinCode", "JoinAssessment", "LookUpInvitation", "AcceptInvitation"];

    [Fact]
    public void Every_operation_says_who_may_call_it() => Check(operation =>
    [
        operation.Json["security"] is null ? "it does not say" : null,
        operation.Scopes.FirstOrDefault(scope => !Scopes.All.ContainsKey(scope)) is { } unknown ? $"{unknown} is no scope" : null,
        operation.Path.StartsWith("/v1/", StringComparison.Ordinal) && operation.IsAnonymous != Doors.Contains(operation.Id) ? "below /v1 only the doors are for everybody" : null,
    ]);

    [Fact]
    public void Every_body_and_every_success_has_an_example_that_fits_its_schema() => Check(operation =>
    [
        .. ExamplesOf("the request", operation.Body),
        .. operation.Responses.Where(response => response.Key[0] == '2').SelectMany(response => ExamplesOf(response.Key, response.Value)),
    ]);

    [Fact]
    public void Every_failure_that_can_come_is_listed_as_a_problem_with_an_example() => Check(operation =>
    [
        .. ExpectedFailures(operation).Where(status => !operation.Responses.ContainsKey(status)).Select(status => $"{status} is missing"),
        .. operation.Responses.Where(response => response.Key[0] is '4' or '5').SelectMany(response => ProblemFaults(operation, response.Key)),
    ]);

    [Fact]
    public void Every_parameter_and_every_answer_is_described() => Check(operation =>
    [
        .. operation.Parameters.Where(parameter => Text(parameter["description"]).Length < 5).Select(parameter => $"the parameter {parameter["name"]} is not described"),
        .. operation.Parameters.Where(parameter => parameter["schema"] is null).Select(parameter => $"the parameter {parameter["name"]} has no schema"),
        .. operation.Responses.Where(response => Text(response.Value["description"]).Length == 0).Select(response => $"{response.Key} is not described"),
    ]);

    [Fact]
    public void Every_parameter_of_the_path_is_listed_and_no_other() => Check(operation =>
    {
        var inPath = operation.Path.Split('{').Skip(1).Select(part => part.Split('}')[0]).Order();
        var listed = operation.Parameters.Where(parameter => (string?)parameter["in"] == "path").Select(parameter => (string)parameter["name"]!).Order();
        return [inPath.SequenceEqual(listed) ? null : $"the path has {string.Join(", ", inPath)}, the list {string.Join(", ", listed)}"];
    });

    [Fact]
    public void Every_member_of_every_schema_is_described()
    {
        Assert.True(served.Contract.Schemas.Count > 10);

        Findings.None(served.Contract.Schemas.SelectMany(schema => (schema.Value["properties"]?.AsObject() ?? [])
            .Where(member => Text(member.Value!["description"]).Length == 0 && !IsDescribedElsewhere(member.Value!.AsObject()))
            .Select(member => $"{schema.Key}.{member.Key} is not described")));
    }

    [Fact]
    public void Every_schema_of_ours_is_closed_so_that_a_misspelt_member_is_told() =>
        Findings.None(served.Contract.Schemas.Where(schema => schema.Value["properties"] is not null && schema.Value["additionalProperties"] is null)
            .Select(schema => $"{schema.Key} allows members that it does not list"));

    private static IEnumerable<string> ExpectedFailures(ContractDocument.Operation operation)
    {
        yield return "429";
        yield return "500";
        yield return "503";
        if (operation.Parameters.Count > 0 || operation.Body is not null)
            yield return "400";
        if (!operation.IsAnonymous)
            yield return "401";
        if (operation.Scopes.Count > 0)
            yield return "403";
        if (operation.Path.Contains('{', StringComparison.Ordinal))
            yield return "404";
        if (operation.Body is not null)
        {
            yield return "413";
            yield return "415";
        }

        if (operation.Parameters.Any(parameter => (string?)parameter["name"] == "If-Match"))
            yield return "412";
        if (operation.Parameters.Any(parameter => (string?)parameter["name"] == "If-Match" && (bool?)parameter["required"] is true))
            yield return "428";
        if (operation.Parameters.Any(parameter => (string?)parameter["name"] == "Idempotency-Key"))
        {
            yield return "409";
            yield return "422";
        }
    }

    private IEnumerable<string> ProblemFaults(ContractDocument.Operation operation, string status)
    {
        var contents = ContractDocument.ContentsOf(operation.Responses[status]).ToList();
        if (operation.Id == TokenEndpoint && status is "400" or "401")
            return contents is [("application/json", _, not null, _)] ? [] : [$"{status} has not the shape that RFC 6749 gives it"];
        if (contents is not [("application/problem+json", { } schema, { } example, _)])
            return [$"{status} is no problem with an example"];
        return ContractDocument.ReferenceOf(schema) != "ApiProblem" ? [$"{status} is no ApiProblem"]
            : $"{example["status"]}" != status ? [$"the example of {status} has the status {example["status"]}"]
            : new SchemaCheck(served.Contract).FaultsOf(example, schema).Select(fault => $"the example of {status}{fault}");
    }

    private IEnumerable<string> ExamplesOf(string what, System.Text.Json.Nodes.JsonObject? body)
    {
        foreach (var (mediaType, schema, example, hasExample) in ContractDocument.ContentsOf(body))
        {
            if (!hasExample)
                yield return $"{what} has no example for {mediaType}";
            else if (schema is null)
                yield return $"{what} has no schema for {mediaType}";
            else if (mediaType.Contains("json", StringComparison.Ordinal) && !mediaType.Contains("ndjson", StringComparison.Ordinal))
            {
                foreach (var fault in new SchemaCheck(served.Contract).FaultsOf(example, schema))
                    yield return $"the example of {what} as {mediaType} does not fit: {fault}";
            }
        }
    }

    // A reference alone is described where it leads to.
    private bool IsDescribedElsewhere(System.Text.Json.Nodes.JsonObject member) =>
        ContractDocument.ReferenceOf(member) is not null && Text(served.Contract.Resolve(member)["description"]).Length > 0;

    private static string Text(System.Text.Json.Nodes.JsonNode? node) => (string?)node ?? "";

    private void Check(Func<ContractDocument.Operation, IEnumerable<string?>> rule)
    {
        Assert.True(served.Contract.Operations.Count >= 11, "Too few operations were found to check.");

        Findings.None(served.Contract.Operations.SelectMany(operation => rule(operation).Where(fault => fault is not null).Select(fault => $"{operation.Name}: {fault}")));
    }

    /// <summary>The contract of a running service.</summary>
    public sealed class Served : ApiServer, IAsyncLifetime
    {
        internal ContractDocument Contract { get; private set; } = new([]);

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var client = Anonymous();
            Contract = ContractDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        }
    }
}
