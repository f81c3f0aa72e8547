using System.Text.Json.Serialization;

namespace PLService.Api.Http;

/// <summary>Every failure of the service, as application/problem+json (RFC 9457).</summary>
/// <param name="Type">A stable URN, <c>urn:plservice:problem:{code}</c>; <c>/docs/problems</c> explains each.</param>
/// <param name="Title">What kind of failure it is, the same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What clients branch on; stable within v1.</param>
/// <param name="Detail">What was found and what would be right, for people.</param>
/// <param name="TraceId">The trace to quote when asking for help.</param>
/// <param name="CurrentVersion">With 412: the version that the resource has now.</param>
/// <param name="CurrentLevel">With 412 on a rating: the level that it has now, where the mode lets you know it.</param>
/// <param name="Errors">With bad input: each fault and where it is.</param>
/// <param name="Clashes">With 412 on a worksheet or a plan: each field that somebody else changed as well, with what both wrote.</param>
public sealed record ApiProblem(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? CurrentVersion = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CurrentLevel = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ApiFault>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ApiClash>? Clashes = null);

/// <summary>One fault of the input.</summary>
/// <param name="Pointer">JSON Pointer into the body (RFC 6901), or <c>?name</c> for a query parameter, <c>{name}</c> for a part of the address, or a header's name.</param>
/// <param name="Code">Stable; clients branch on it.</param>
/// <param name="Detail">What was found and what would be right.</param>
public sealed record ApiFault(string Pointer, string Code, string Detail);

/// <summary>A field that two changed to different things. What is no text stands as JSON.</summary>
/// <param name="Field">The field's key.</param>
/// <param name="BaseVersion">The version that you had read.</param>
/// <param name="Base">What it said then; null when it was empty.</param>
/// <param name="Theirs">What it says now; null when it is empty.</param>
/// <param name="TheirVersion">The version since which it says so.</param>
/// <param name="Mine">What you sent, so that it is not lost; null to empty it.</param>
/// <param name="ChangedBy">Id of the person who changed it; null for a machine.</param>
/// <param name="ChangedByName">The name of that person.</param>
/// <param name="ChangedAt">When it was changed.</param>
public sealed record ApiClash(
    string Field, long BaseVersion, string? Base, string? Theirs, long TheirVersion, string? Mine, Guid? ChangedBy, string? ChangedByName, DateTimeOffset ChangedAt);
