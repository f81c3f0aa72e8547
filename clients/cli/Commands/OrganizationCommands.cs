using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls orgs</c>: what is in the tenant's tree, and where.</summary>
internal static class OrganizationCommands
{
    private const int WholePages = 500;

    private static readonly Argument<string> Id = new("id") { Description = "The organization's id, or an outside id as system:value, such as nces:0612345." };
    private static readonly Argument<string?> Root = new("id")
    {
        Description = "Where to begin, as id or system:value; everything that you reach unless given.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Name = new("--name") { Description = "Part of the name, in any case.", HelpName = "text" };
    private static readonly Option<string?> Parent = new("--parent") { Description = "Only direct children of this organization.", HelpName = "id" };
    private static readonly Option<string?> Within = new("--within") { Description = "Only this organization and everything below it.", HelpName = "id" };

    private static readonly Option<OrganizationKind?> Kind = Words.Option<OrganizationKind>("--kind", "Only this kind.");
    private static readonly Option<OrganizationStatus?> Status = Words.Option<OrganizationStatus>("--status", "Only with this status.");

    public static Command Build() => new("orgs", "Find organizations: states, regions, districts, schools.")
    {
        List(),
        Show(),
        Tree(),
    };

    private static Command List() =>
        new Command("list", "List the organizations that you reach, by name.") { Name, Kind, Status, Parent, Within }
        .WithExamples("pls orgs list --kind district", "pls orgs list --name alder", "pls orgs list --kind school --json | jq -r '.[].id'")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var found = await session.Client.ListAllOrganizationsAsync(
                name: parsed.GetValue(Name), kind: parsed.GetValue(Kind), status: parsed.GetValue(Status),
                parentId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Parent), ct),
                ancestorId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Within), ct),
                limit: WholePages, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "kind", "name", "outside ids");
                foreach (var one in found)
                    table.AddRow(Text(one.Id), Text(one.Kind), new Text(Title(one)), new Text(OutsideIds(one)));
                output.Write(table);
            });
            session.Screen.Say(found.Count == 1 ? "1 organization" : $"{found.Count} organizations");
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show one organization.") { Id }
        .WithExamples("pls orgs show 0198c1de-0000-7000-8000-000000000000", "pls orgs show nces:0612345")
        .Runs(async (session, ct) =>
        {
            var one = await OrganizationReference.FindAsync(session.Client, session.Parsed.GetRequiredValue(Id), ct);
            session.Screen.Show(one, output => output.Write(Screen.Facts(
                ("id", one.Id.ToString()),
                ("name", one.Name),
                ("kind", Word(one.Kind)),
                ("status", Word(one.Status)),
                ("parent", one.ParentId?.ToString()),
                ("time zone", one.TimeZone),
                ("opened", one.OpenedOn?.ToString("O")),
                ("closed", one.ClosedOn?.ToString("O")),
                ("successor", one.SuccessorId?.ToString()),
                ("outside ids", OutsideIds(one)))));
            return ExitCodes.Done;
        });

    private static Command Tree() =>
        new Command("tree", "Draw the tree of organizations.") { Root }
        .WithExamples("pls orgs tree", "pls orgs tree 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var root = await OrganizationReference.IdAsync(session.Client, session.Parsed.GetValue(Root), ct);
            var found = await session.Client.ListAllOrganizationsAsync(ancestorId: root, limit: WholePages, cancellationToken: ct).ToListAsync(ct);
            var known = found.Select(one => one.Id).ToHashSet();
            var children = found.ToLookup(one => one.ParentId is { } parent && known.Contains(parent) ? parent : Guid.Empty);
            session.Screen.Show(Nest(children, Guid.Empty), output =>
            {
                foreach (var top in children[Guid.Empty])
                {
                    var tree = new Tree(new Text(Label(top)));
                    Grow(tree, children, top.Id);
                    output.Write(tree);
                }
            });
            return ExitCodes.Done;
        });

    private static void Grow(IHasTreeNodes node, ILookup<Guid, OrganizationResponse> children, Guid parent)
    {
        foreach (var child in children[parent])
            Grow(node.AddNode(new Text(Label(child))), children, child.Id);
    }

    private static List<Branch> Nest(ILookup<Guid, OrganizationResponse> children, Guid parent) =>
        [.. children[parent].Select(one => new Branch(one.Id, one.Kind, one.Name, Nest(children, one.Id)))];

    private static string Label(OrganizationResponse one) => $"{Title(one)} ({Word(one.Kind)}{(one.Identifiers.Count > 0 ? ", " + OutsideIds(one) : "")})";

    private static string Title(OrganizationResponse one) => one.Status == OrganizationStatus.Closed ? one.Name + " (closed)" : one.Name;

    private static string OutsideIds(OrganizationResponse one) => string.Join(", ", one.Identifiers.Select(id => $"{id.System}:{id.Value}"));

    private static Text Text(object value) => new(value is Enum word ? Word(word) : value.ToString()!);

    private static string Word(Enum value) => Words.Of(value);

    private sealed record Branch(
        Guid Id,
        [property: System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<OrganizationKind>))] OrganizationKind Kind,
        string Name,
        IReadOnlyList<Branch> Children);
}
