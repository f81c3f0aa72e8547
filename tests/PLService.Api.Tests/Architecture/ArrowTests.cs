using System.Reflection;
using PLService.Api.Commands;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Architecture;

/// <summary>The arrows of the house: Features -> Domain, Persistence, Access, Http, Mailing; Persistence -> Domain; Domain -> nothing.</summary>
public sealed class ArrowTests
{
    private const string Root = "PLService.Api.";

    private static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> Uses = TypeReferences.Of(typeof(Serve).Assembly);

    /// <summary>A part of the house, and the parts of it that it may use beside itself.</summary>
    public static TheoryData<string, string[]> Parts => new()
    {
        { "Domain", [] },
        { "Persistence", ["Domain"] },
        { "Access", ["Domain", "Persistence"] },
        { "Http", ["Domain", "Persistence", "Access"] },
        { "Mailing", ["Domain", "Persistence", "Access"] },
        { "Features", ["Domain", "Persistence", "Access", "Http", "Mailing"] },
        { "Catalog", ["Domain", "Persistence"] },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_of_the_house_uses_only_the_parts_below_it(string part, string[] allowed)
    {
        var found = In(part).SelectMany(type => type.Value.Where(used => used.StartsWith(Root, StringComparison.Ordinal))
            .Where(used => PartOf(used) != part && !allowed.Contains(PartOf(used)) && !IsNamed(part, used))
            .Select(used => $"{type.Key} -> {used}"));

        Findings.None(found);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.Extensions")]
    [InlineData("Npgsql")]
    [InlineData("FluentValidation")]
    [InlineData("Swashbuckle")]
    public void The_domain_knows_no_framework(string framework)
    {
        Assert.Contains(Uses.Values, used => used.Any(name => Below(name, framework)));
        Findings.None(In("Domain").SelectMany(type => type.Value.Where(used => Below(used, framework)).Select(used => $"{type.Key} -> {used}")));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("FluentValidation")]
    public void Persistence_knows_nothing_of_HTTP(string framework) =>
        Findings.None(In("Persistence").SelectMany(type => type.Value.Where(used => Below(used, framework)).Select(used => $"{type.Key} -> {used}")));

    [Fact]
    public void A_feature_never_uses_the_types_of_another()
    {
        var features = In("Features").Where(type => FeatureOf(type.Key) is not null).ToList();
        Assert.True(features.Select(type => FeatureOf(type.Key)).Distinct().Count() >= 4, "Fewer than four features were found.");

        var found = features.SelectMany(type => type.Value
            .Where(used => FeatureOf(used) is { } other && other != FeatureOf(type.Key))
            .Select(used => $"{type.Key} -> {used}"));

        Findings.None(found);
    }

    [Fact]
    public void The_reader_sees_into_signatures_attributes_lambdas_and_async_methods()
    {
        var own = TypeReferences.Of(Assembly.GetExecutingAssembly())[typeof(Planted).FullName!];

        Assert.Superset(
            new HashSet<string> { "System.Text.StringBuilder", "System.ObsoleteAttribute", "System.Uri", "System.Version", "System.IO.StringReader", "System.Globalization.CultureInfo" },
            own.ToHashSet());
    }

    private static List<KeyValuePair<string, IReadOnlySet<string>>> In(string part)
    {
        var found = Uses.Where(type => PartOf(type.Key) == part).ToList();
        Assert.True(found.Count > 0, $"No type was found in {Root}{part}.");
        return found;
    }

    private static string PartOf(string type) => type.StartsWith(Root, StringComparison.Ordinal) ? type[Root.Length..].Split('.')[0] : "";

    private static string? FeatureOf(string type) => type.Split('.') is ["PLService", "Api", "Features", var feature, _, ..] ? feature : null;

    private static bool Below(string name, string framework) => name == framework || name.StartsWith(framework + ".", StringComparison.Ordinal);

    // Who calls is all that persistence needs to know of access.
    private static bool IsNamed(string part, string used) => part == "Persistence" && used is "PLService.Api.Access.Caller" or "PLService.Api.Access.CallerIdentity";
}

/// <summary>What the reader of references has to see.</summary>
internal sealed class Planted
{
    [Obsolete("Only to be found.")]
    public static System.Text.StringBuilder? Signature(Uri? address) => address is null ? null : new();

    public static Func<string> Lambda() => () => new Version(1, 0).ToString();

    public static async Task<string?> Asynchronous(CancellationToken ct)
    {
        await Task.Yield();
        using var reader = new StringReader(System.Globalization.CultureInfo.InvariantCulture.Name);
        return await reader.ReadLineAsync(ct);
    }
}
