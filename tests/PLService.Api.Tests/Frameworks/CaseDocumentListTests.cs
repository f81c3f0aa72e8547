using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Paging, sorting, filtering and choice of fields.</summary>
public sealed class CaseDocumentListTests(CaseDocumentListTests.Shelf shelf) : IClassFixture<CaseDocumentListTests.Shelf>
{
    private const string Documents = "/ims/case/v1p1/CFDocuments";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A filter, and the documents of the shelf that it finds.</summary>
    [Theory]
    [InlineData("title='mathematics'", "Mathematics")]
    [InlineData("title~'HISTORY'", "Art History|World History")]
    [InlineData("title!='Mathematics' AND creator='Shelf'", "Art History|World History")]
    [InlineData("title='Mathematics' OR title='World History'", "Mathematics|World History")]
    [InlineData("title='Mathematics' OR title~'history' AND adoptionStatus='Draft'", "Mathematics|World History")]
    [InlineData("lastChangeDateTime>'2026-01-01T00:00:00+02:00' AND creator='Shelf'", "Mathematics|World History")]
    [InlineData("lastChangeDateTime<='2025-06-01T00:00:00Z' AND creator='Shelf'", "Art History")]
    [InlineData("subject='art,history'", "Art History")]
    [InlineData("subject='history'", "World History")]
    [InlineData("subject~'art,numbers'", "Art History|Mathematics")]
    [InlineData("statusStartDate>='2026-01-01'", "World History")]
    [InlineData("licenseURI.title='cc by'", "Mathematics")]
    [InlineData("notes='it''s'", "Mathematics")]
    [InlineData("uri='https://standards.example.org/none'", "")]
    [InlineData("title~'\\'", "")]
    public async Task A_filter_finds_what_it_says(string filter, string expected)
    {
        var found = await ReadAsync($"?limit=1000&sort=title&filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(expected, string.Join('|', Titles(found).Where(title => title is "Mathematics" or "Art History" or "World History")));
    }

    [Theory]
    [InlineData("?filter=nonsense='x'")]
    [InlineData("?filter=title")]
    [InlineData("?filter=title='x")]
    [InlineData("?filter=title='x' XOR title='y'")]
    [InlineData("?filter=licenseURI='x'")]
    [InlineData("?filter=lastChangeDateTime>'spring'")]
    [InlineData("?fields=")]
    [InlineData("?fields=title,,uri")]
    [InlineData("?limit=0")]
    [InlineData("?limit=x")]
    [InlineData("?offset=-1")]
    public async Task What_cannot_be_had_is_told(string query)
    {
        using var response = await shelf.Client.GetAsync(Documents + query, Ct);
        var info = await response.ExpectAsync(HttpStatusCode.BadRequest);
        Assert.Equal("invalid_selection_field", (string?)info["imsx_CodeMinor"]!["imsx_codeMinorField"]![0]!["imsx_codeMinorFieldValue"]);
    }

    [Fact]
    public async Task Pages_are_linked_and_counted_and_together_are_the_whole_list()
    {
        var whole = Titles(await ReadAsync("?limit=1000&sort=title&filter=creator%3D%27Shelf%27"));
        var titles = new List<string>();
        var last = "";
        for (var address = $"{Documents}?limit=2&sort=title&filter=creator%3D%27Shelf%27"; address.Length > 0;)
        {
            using var response = await shelf.Client.GetAsync(address, Ct);
            titles.AddRange(Titles(await response.ExpectAsync(HttpStatusCode.OK)));
            Assert.Equal("3", response.Headers.GetValues("X-Total-Count").Single());
            last = string.Join(',', response.Headers.GetValues("Link"));
            address = Links(last).GetValueOrDefault("next", "").Replace("http://plservice.test", "", StringComparison.Ordinal);
        }

        Assert.Equal(whole, titles);
        Assert.Equal(["first", "last", "prev"], Links(last).Keys.Order());
        Assert.Contains("offset=2", Links(last)["last"], StringComparison.Ordinal);
        Assert.Contains("offset=0", Links(last)["prev"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_sorted_by_any_field_and_by_one_that_does_not_exist_as_usual()
    {
        Assert.Equal(["World History", "Mathematics", "Art History"], Titles(await ReadAsync("?sort=lastChangeDateTime&orderBy=desc&filter=creator%3D%27Shelf%27")));
        Assert.Equal(["Art History", "Mathematics", "World History"], Titles(await ReadAsync("?sort=nonsense&filter=creator%3D%27Shelf%27")));
    }

    [Fact]
    public async Task Fields_are_those_asked_for_and_all_when_one_does_not_exist()
    {
        var chosen = await ReadAsync("?fields=title,CFPackageURI&filter=title%3D%27Mathematics%27");
        Assert.Equal(["CFPackageURI", "title"], chosen["CFDocuments"]![0]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.NotNull((await ReadAsync("?fields=title,nonsense&filter=title%3D%27Mathematics%27"))["CFDocuments"]![0]!["creator"]);
    }

    private Task<JsonObject> ReadAsync(string query) => shelf.Client.ReadAsync(Documents + query);

    private static List<string> Titles(JsonObject list) => [.. list["CFDocuments"]!.AsArray().Select(document => (string)document!["title"]!)];

    private static Dictionary<string, string> Links(string header) => header.Split(',', StringSplitOptions.TrimEntries).Where(link => link.StartsWith('<'))
        .ToDictionary(link => link.Split("rel=\"")[1].TrimEnd('"'), link => link[1..link.IndexOf('>', StringComparison.Ordinal)]);

    /// <summary>A service with three documents.</summary>
    public sealed class Shelf : ApiServer, IAsyncLifetime
    {
        public HttpClient Client { get; private set; } = new();

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var tenant = await NewTenantAsync();
            Client = tenant.Only(Scopes.StandardsRead);
            await PutAsync(tenant, "Mathematics", new { lastChangeDateTime = "2026-03-01T00:00:00Z", subject = new[] { "Numbers" }, notes = "it's", licenseURI = CasePackages.Link("CFLicenses", Guid.NewGuid(), "CC BY") });
            await PutAsync(tenant, "Art History", new { lastChangeDateTime = "2025-06-01T02:00:00+02:00", subject = new[] { "History", "Art" } });
            await PutAsync(tenant, "World History", new { lastChangeDateTime = "2026-04-01T00:00:00Z", subject = new[] { "History" }, adoptionStatus = "Draft", statusStartDate = "2026-02-01" });
        }

        private static Task<Guid> PutAsync(TestTenant tenant, string title, object members)
        {
            var document = CasePackages.With(CasePackages.Object("CFDocuments", Guid.NewGuid()), new { title, creator = "Shelf" });
            return tenant.Everything().ImportAsync(new JsonObject { ["CFDocument"] = CasePackages.With(document, members) }, "?publish=true");
        }
    }
}
