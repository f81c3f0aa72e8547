using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.CSharp;

public sealed class AgainstTheServiceTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_created_is_read_back_member_by_member()
    {
        using var client = await api.ConnectAsync();

        var made = await client.CreateOrganizationAsync(
            new()
            {
                Kind = OrganizationKind.District,
                Name = "Distrito Escolar Ñandú",
                TimeZone = "America/Chicago",
                OpenedOn = new(1998, 7, 1),
                Identifiers = [new() { System = "nces", Value = "0012345" }],
            },
            cancellationToken: Ct);
        var read = await client.GetOrganizationAsync(made.Id, cancellationToken: Ct);

        Assert.Equal(("Distrito Escolar Ñandú", OrganizationKind.District, new DateOnly(1998, 7, 1)), (read.Name, read.Kind, read.OpenedOn));
        Assert.Equal("0012345", Assert.Single(read.Identifiers).Value);
        Assert.Equal((made.Version, made.CreatedAt, made.TimeZone), (read.Version, read.CreatedAt, read.TimeZone));
    }

    [Fact]
    public async Task A_list_is_read_to_its_end_page_by_page()
    {
        using var client = await api.ConnectAsync();
        var region = await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.Region, Name = "North" }, cancellationToken: Ct);
        var names = Enumerable.Range(1, 7).Select(i => $"School {i}").ToList();
        foreach (var name in names)
            await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.School, Name = name, ParentId = region.Id }, cancellationToken: Ct);

        var found = await client.ListAllOrganizationsAsync(kind: OrganizationKind.School, parentId: region.Id, limit: 3, cancellationToken: Ct)
            .Select(school => school.Name).ToListAsync(Ct);

        Assert.Equal(names, found);
    }

    [Fact]
    public async Task The_same_key_has_one_effect()
    {
        using var client = await api.ConnectAsync();
        var request = new CreateOrganizationRequest { Kind = OrganizationKind.School, Name = "Once" };

        var first = await client.CreateOrganizationAsync(request, "key-1", Ct);
        var second = await client.CreateOrganizationAsync(request, "key-1", Ct);

        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public async Task A_change_on_top_of_somebody_elses_is_refused_with_the_current_version()
    {
        using var client = await api.ConnectAsync();
        var read = await client.GetTenantAsync(Ct);
        var changed = await client.ChangeTenantAsync(EntityTag.Of(read.Version), new() { Name = "Example State", MinimumGroupSize = 10 }, Ct);

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() =>
            client.ChangeTenantAsync(EntityTag.Of(read.Version), new() { Name = "Other", MinimumGroupSize = 5 }, Ct));

        Assert.Equal((412, "concurrency.stale_version", changed.Version), (problem.Status, problem.Code, problem.CurrentVersion));
    }

    [Fact]
    public async Task Bad_input_is_told_with_the_place_and_the_reason()
    {
        using var client = await api.ConnectAsync();

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() =>
            client.CreateOrganizationAsync(new() { Kind = OrganizationKind.School, Name = "" }, cancellationToken: Ct));

        Assert.Equal((400, "request.invalid"), (problem.Status, problem.Code));
        Assert.Equal("/name", Assert.Single(problem.Errors).Pointer);
        Assert.Matches("^[0-9a-f]{32}$", problem.TraceId!);
    }

    [Fact]
    public async Task What_does_not_exist_has_a_code()
    {
        using var client = await api.ConnectAsync();

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() => client.GetOrganizationAsync(Guid.NewGuid(), cancellationToken: Ct));

        Assert.Equal((404, "organization.not_found"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_wrong_secret_is_told_in_the_token_endpoints_own_words()
    {
        var tenant = await api.NewTenantAsync();
        using var client = api.Connect(tenant.Credentials with { ClientSecret = "wrong" });

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() => client.SignInAsync(Ct));

        Assert.Equal((401, "oauth.invalid_client"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_token_can_be_asked_for_with_fewer_scopes_and_says_what_is_missing()
    {
        var tenant = await api.NewTenantAsync();
        using var client = PLServiceClient.Connect(new()
        {
            BaseAddress = api.Address,
            ClientId = tenant.Credentials.ClientId,
            ClientSecret = tenant.Credentials.ClientSecret,
            Scope = "tenant:read",
        });

        Assert.Equal("tenant:read", (await client.SignInAsync(Ct)).Scope);
        await client.GetTenantAsync(Ct);
        var problem = await Assert.ThrowsAsync<ApiProblemException>(() => client.ListOrganizationsAsync(cancellationToken: Ct));
        Assert.Equal((403, "auth.missing_scope"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Ratings_and_counts_have_a_level_or_one_per_axis()
    {
        var tenant = await api.NewTenantAsync();
        using (var http = tenant.Everything())
        {
            await http.PublishAsync(TestInstruments.OneAxis());
            await http.PublishAsync(TestInstruments.TwoAxes());
        }

        using var client = api.Connect(tenant.Credentials);
        var school = await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.School, Name = "Alder" }, cancellationToken: Ct);
        var (single, several) = (await OpenAsync("pulse"), await OpenAsync("two-axes"));

        var rated = await client.CreateResponseAsync(
            single.Id, new() { ParticipantKey = "p", Ratings = new Dictionary<string, ItemRating?> { ["A.1"] = "green", ["A.2"] = "yellow" } }, cancellationToken: Ct);
        Assert.Equal(new ItemRating("green"), rated.Ratings!["A.1"]);
        var cleared = await client.ChangeResponseAsync(
            single.Id, rated.Id, EntityTag.Of(rated.Version), new() { Ratings = new Dictionary<string, ItemRating?> { ["A.1"] = null } }, Ct);
        Assert.Equal(["A.2"], cleared.Ratings!.Keys);

        var both = new ItemRating(null, new Dictionary<string, string?> { ["status"] = "red", ["priority"] = "high" });
        await client.CreateResponseAsync(several.Id, new() { ParticipantKey = "p", Ratings = new Dictionary<string, ItemRating?> { ["A.1"] = both } }, cancellationToken: Ct);
        var read = (await client.ListResponsesAsync(several.Id, cancellationToken: Ct)).Items[0];
        Assert.Equal(both.ByAxis, read.Ratings!["A.1"].ByAxis);

        var counts = new ItemCounts(null, new Dictionary<string, IReadOnlyDictionary<string, int>> { ["status"] = new Dictionary<string, int> { ["red"] = 3 } });
        await client.PutTallyAsync(several.Id, "table", new() { Participants = 3, Counts = new Dictionary<string, ItemCounts> { ["A.1"] = counts } }, cancellationToken: Ct);
        Assert.Equal(3, (await client.ListTalliesAsync(several.Id, cancellationToken: Ct)).Items[0].Counts["A.1"].ByAxis!["status"]["red"]);
        await client.PutTallyAsync(
            single.Id, "table", new() { Participants = 2, Counts = new Dictionary<string, ItemCounts> { ["A.1"] = new(new Dictionary<string, int> { ["green"] = 2 }) } }, cancellationToken: Ct);
        Assert.Equal(2, (await client.GetTallyAsync(single.Id, "table", cancellationToken: Ct)).Counts["A.1"].Levels!["green"]);

        Task<AssessmentResponse> OpenAsync(string instrument) => client.CreateAssessmentAsync(
            new() { Instrument = new() { Code = instrument }, Round = "r", OrganizationId = school.Id, Mode = AssessmentMode.Named, Open = true }, cancellationToken: Ct);
    }
}
