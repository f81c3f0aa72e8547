using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Catalog;

/// <summary>What the catalog holds after a migration: codes, counts, links, sources, languages.</summary>
public sealed class FrameworkCatalogTests(DatabaseClone clone) : IClassFixture<DatabaseClone>
{
    /// <summary>What the project says of everything that it wrote itself.</summary>
    private const string Ours = "Written by the PLService project; not a publication of Learning Forward, OSPI, CSDE or ERS.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ct-2015", "CUL LCO LEA RES DAT DES IMP OUT")]
    [InlineData("lf-2011", "LCO LEA RES DAT DES IMP OUT")]
    [InlineData("lf-2022", "RCL LPR CAI PEX TPR LDR EVI DES IMP CFS LFO CCI LEA RES")]
    [InlineData("wa-tpep", "T1 T2 T3 T4 T5 T6 T7 T8")]
    [InlineData("ers-elements", "CUR CUR.A CUR.B CUR.C COL COL.A COL.B COL.C FBK")]
    [InlineData("pl-components", "C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22")]
    [InlineData("support-strategies",
        "OPS OPS.1 OPS.2 OPS.3 OPS.4 OPS.5 OPS.6 OPS.7 OPS.8 OPS.9 COL COL.1 COL.2 COL.3 COL.4 COL.5 COL.6 COL.7 COL.8 TOO TOO.1 TOO.2 TOO.3 TOO.4 TOO.5 TOO.6 TOO.7 TOO.8")]
    public async Task Codes_are_stable_and_in_order(string framework, string codes)
    {
        await using var db = CatalogDatabase.Open(clone.Database);

        Assert.Equal(codes.Split(' '), await db.Standards.Where(s => db.Frameworks.Any(f => f.Id == s.FrameworkId && f.Code == framework)).OrderBy(s => s.Position).Select(s => s.Code).ToListAsync(Ct));
    }

    [Fact]
    public async Task Every_framework_says_whose_it_is_where_it_is_from_and_under_which_licence()
    {
        await using var db = CatalogDatabase.Open(clone.Database);
        var frameworks = await db.Frameworks.ToListAsync(Ct);

        Assert.Equal(7, frameworks.Count);
        foreach (var framework in frameworks)
        {
            var document = CaseObject.Read(framework.Body);
            Assert.Equal((FrameworkStatus.Published, framework.Title), (framework.Status, document.Text("title")));
            foreach (var member in new[] { "identifier", "uri", "creator", "title", "lastChangeDateTime", "publisher", "description", "version", "adoptionStatus", "language", "notes" })
                Assert.False(string.IsNullOrWhiteSpace(document.Text(member)), $"{framework.Code} has no {member}.");
            Assert.Equal(framework.Id.ToString(), document.Text("identifier"));
            var license = await db.FrameworkDefinitions.SingleAsync(d => d.FrameworkId == framework.Id && d.Kind == DefinitionKind.License, Ct);
            Assert.Equal(license.Id.ToString(), document.Link("licenseURI")!.Identifier);
            Assert.False(string.IsNullOrWhiteSpace(CaseObject.Read(license.Body).Text("licenseText")));
            var isOurs = document.Text("creator") == "PLService";
            Assert.Equal(isOurs, document.Text("description")!.EndsWith(Ours, StringComparison.Ordinal));
            Assert.Equal(isOurs, document.Text("officialSourceURL") is null);
        }
    }

    [Fact]
    public async Task Every_object_has_the_members_that_CASE_requires_of_it()
    {
        await using var db = CatalogDatabase.Open(clone.Database);

        Check(await db.Standards.Select(s => new Stored(s.Id, s.Body)).ToListAsync(Ct), "CFItems", "fullStatement");
        Check(await db.StandardAssociations.Select(a => new Stored(a.Id, a.Body)).ToListAsync(Ct), "CFAssociations", "associationType");
        foreach (var (kind, collection, members) in new[]
        {
            (DefinitionKind.License, "CFLicenses", new[] { "title", "licenseText" }),
            (DefinitionKind.ItemType, "CFItemTypes", ["title", "description", "hierarchyCode"]),
            (DefinitionKind.Concept, "CFConcepts", ["title", "hierarchyCode"]),
        })
            Check(await db.FrameworkDefinitions.Where(d => d.Kind == kind).Select(d => new Stored(d.Id, d.Body)).ToListAsync(Ct), collection, members);

        static void Check(List<Stored> objects, string collection, params string[] members)
        {
            Assert.NotEmpty(objects);
            foreach (var (id, body) in objects)
            {
                var read = CaseObject.Read(body);
                Assert.Equal((id.ToString(), $"plservice:/{collection}/{id}"), (read.Text("identifier"), read.Text("uri")));
                Assert.All([.. members, "lastChangeDateTime"], member => Assert.False(string.IsNullOrWhiteSpace(read.Text(member)), $"{id} has no {member}."));
                // Version 5, variant of RFC 9562: made of a name, the same everywhere.
                Assert.Equal(('5', true), (id.ToString()[14], "89ab".Contains(id.ToString()[19], StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Both_ends_of_every_association_exist_and_its_links_lead_to_them()
    {
        await using var db = CatalogDatabase.Open(clone.Database);
        var known = (await db.Standards.Select(s => s.Id).ToListAsync(Ct)).Concat(await db.Frameworks.Select(f => f.Id).ToListAsync(Ct)).ToHashSet();
        var associations = await db.StandardAssociations.ToListAsync(Ct);

        Assert.True(associations.Count > 200, $"Only {associations.Count} associations.");
        Assert.All(associations, association =>
        {
            Assert.True(known.Contains(association.OriginId!.Value) && known.Contains(association.DestinationId!.Value), $"{association.Id} leads nowhere.");
            var body = CaseObject.Read(association.Body);
            Assert.Equal(
                ($"{association.OriginId}", $"{association.DestinationId}", association.Type),
                (body.Link("originNodeURI")!.Identifier, body.Link("destinationNodeURI")!.Identifier, body.Text("associationType")));
        });
        // Every statement stands somewhere in the tree of its framework, once.
        var places = associations.Where(a => a.Type == AssociationTypes.IsChildOf).ToLookup(a => a.OriginId!.Value);
        Assert.All(await db.Standards.ToListAsync(Ct), standard => Assert.Equal(standard.FrameworkId, Assert.Single(places[standard.Id]).FrameworkId));
    }

    [Theory]
    [InlineData("ct-2015", "lf-2011", 7)]
    [InlineData("lf-2011", "lf-2022", 8)]
    [InlineData("pl-components", "ct-2015", 22)]
    [InlineData("pl-components", "lf-2022", 24)]
    public async Task Frameworks_are_linked_with_each_other(string from, string to, int links)
    {
        await using var db = CatalogDatabase.Open(clone.Database);

        var found = await db.StandardAssociations
            .Where(a => a.Type != AssociationTypes.IsChildOf && db.Frameworks.Any(f => f.Id == a.FrameworkId && f.Code == from))
            .Where(a => db.Standards.Any(s => s.Id == a.DestinationId && db.Frameworks.Any(f => f.Id == s.FrameworkId && f.Code == to)))
            .ToListAsync(Ct);

        Assert.Equal(links, found.Count);
        var origins = await db.Standards.Where(s => db.Frameworks.Any(f => f.Id == s.FrameworkId && f.Code == from)).Select(s => new { s.Id, s.Code }).ToListAsync(Ct);
        // Cultural competence is new in Connecticut; everything else has its counterpart.
        Assert.Equal(from == "ct-2015" ? ["CUL"] : [], origins.Where(origin => found.TrueForAll(link => link.OriginId != origin.Id)).Select(origin => origin.Code));
    }

    [Fact]
    public async Task Of_what_others_wrote_and_sell_there_are_names_and_no_text()
    {
        await using var db = CatalogDatabase.Open(clone.Database);
        string[] namesOnly = ["lf-2011", "lf-2022", "wa-tpep", "ers-elements"];

        var standards = await db.Standards.Where(s => db.Frameworks.Any(f => f.Id == s.FrameworkId && namesOnly.Contains(f.Code))).ToListAsync(Ct);

        Assert.Equal(7 + 14 + 8 + 9, standards.Count);
        Assert.All(standards, standard => Assert.Equal((standard.Label, null), (standard.Statement, (string?)JsonNode.Parse(standard.Body)!["notes"])));
        Assert.All(standards, standard => Assert.Null(JsonNode.Parse(standard.Body)!["extensions"]));
        Assert.All(standards, standard => Assert.True(standard.Statement.Length <= 60, standard.Statement));
    }

    [Fact]
    public async Task What_is_ours_is_there_in_Spanish_too()
    {
        await using var db = CatalogDatabase.Open(clone.Database);
        string[] ours = ["pl-components", "support-strategies"];
        var frameworks = await db.Frameworks.Where(f => ours.Contains(f.Code)).ToListAsync(Ct);

        Assert.All(frameworks, framework => Assert.EndsWith("no es una publicación de Learning Forward, OSPI, CSDE ni ERS.", (string?)Spanish(framework.Body)["description"], StringComparison.Ordinal));
        foreach (var standard in await db.Standards.Where(s => frameworks.Select(f => f.Id).Contains(s.FrameworkId)).ToListAsync(Ct))
        {
            var spanish = Spanish(standard.Body);
            Assert.False(string.IsNullOrWhiteSpace((string?)spanish["label"]) || string.IsNullOrWhiteSpace((string?)spanish["statement"]), standard.Code);
            Assert.NotEqual(standard.Statement, (string?)spanish["statement"]);
        }

        static JsonNode Spanish(string body) => JsonNode.Parse(body)!["extensions"]!["translations"]!["es"]!;
    }

    [Fact]
    public async Task Every_strategy_says_when_it_fits_what_it_takes_how_to_begin_and_why_it_has_no_tier()
    {
        await using var db = CatalogDatabase.Open(clone.Database);
        var strategies = await db.Standards.Where(s => s.ItemType == "Strategy").ToListAsync(Ct);

        Assert.Equal(25, strategies.Count);
        foreach (var standard in strategies)
        {
            var extensions = JsonNode.Parse(standard.Body)!["extensions"]!;
            var strategy = extensions["strategy"]!.AsObject();
            foreach (var said in new[] { strategy, extensions["translations"]!["es"]!["strategy"]!.AsObject() })
            {
                Assert.All(["fits", "time", "people"], member => Assert.False(string.IsNullOrWhiteSpace((string?)said[member]), $"{standard.Code} {member}"));
                Assert.Equal(3, said["steps"]!.AsArray().Count);
                Assert.NotEmpty(said["pitfalls"]!.AsArray());
            }

            Assert.Subset(new HashSet<string> { "standards", "content", "practice", "design" }, strategy["needs"]!.AsArray().Select(need => (string)need!).ToHashSet());
            Assert.True(strategy.ContainsKey("essaTier") && strategy["essaTier"] is null);
            Assert.All(["en", "es"], language => Assert.False(string.IsNullOrWhiteSpace((string?)strategy["essaTierReason"]![language])));
            Assert.True(await db.StandardAssociations.AnyAsync(a => a.OriginId == standard.Id && a.Type == AssociationTypes.IsRelatedTo, Ct), $"{standard.Code} serves no standard.");
        }
    }

    [Fact]
    public async Task Names_that_were_changed_are_kept()
    {
        await using var db = CatalogDatabase.Open(clone.Database);

        var names = await db.StandardNames.OrderBy(n => n.Label).Select(n => new { n.Label, n.ValidFrom, Now = db.Standards.Single(s => s.Id == n.StandardId).Label }).ToListAsync(Ct);

        Assert.Equal(
            [("Equity Drivers", "Learning Drivers"), ("Equity Foundations", "Learning Foundations"), ("Equity Practices", "Learning Practices")],
            names.Select(name => (name.Label, name.Now)));
        Assert.All(names, name => Assert.Equal(new DateOnly(2022, 4, 1), name.ValidFrom));
    }

    [Fact]
    public async Task The_definition_of_Connecticut_stands_as_it_was_adopted()
    {
        await using var db = CatalogDatabase.Open(clone.Database);

        var concept = CaseObject.Read((await db.FrameworkDefinitions.SingleAsync(d => d.Kind == DefinitionKind.Concept, Ct)).Body);

        Assert.StartsWith("High-quality professional learning is a process that ensures all educators have equitable access", concept.Text("description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_alignment_of_an_instrument_of_the_catalog_is_a_reference_and_means_a_standard()
    {
        await using var db = CatalogDatabase.Open(clone.Database);
        var versions = await db.InstrumentVersions.ToListAsync(Ct);
        var wanted = versions.SelectMany(version => InstrumentReferences.Of(version.Id, InstrumentJson.Read(version.Document))).ToList();

        Assert.True(wanted.Count > 150);
        Assert.Equal(
            wanted.Select(r => (r.ResourceId, r.FrameworkCode, r.StandardCode, r.Part, r.Relation)).Order(),
            (await db.StandardReferences.ToListAsync(Ct)).Select(r => (r.ResourceId, r.FrameworkCode, r.StandardCode, r.Part, r.Relation)).Order());
        var codes = await db.Standards.Select(s => new { Framework = db.Frameworks.Single(f => f.Id == s.FrameworkId).Code, s.Code }).ToListAsync(Ct);
        Assert.Empty(wanted.Select(r => new { Framework = r.FrameworkCode, Code = (string?)r.StandardCode }).Except(codes));
    }

    private sealed record Stored(Guid Id, string Body);
}
