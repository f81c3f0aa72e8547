using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>Reads links with what their ends are called, in one round trip.</summary>
internal sealed class AssociationReader(TenantReader reader, Caller caller, FrameworkDesk desk)
{
    private static readonly string Text =
        $"""
         with found as materialized (
             select a.* from pls.standard_association a
             where a.tenant_id in ($1, '{Guid.Empty}')
               and ($2::uuid is null or a.id = $2)
               and ($3::uuid is null or a.origin_id = $3)
               and ($4::uuid is null or a.destination_id = $4)
               and ($17::uuid is null or a.origin_id = $17 or a.destination_id = $17)
               and case when $5::text is null then $6 or a.type <> 'isChildOf' else a.type = $5 end
               and ($7::text is null or a.origin_id in ({In("$7", "$8")}))
               and ($9::text is null or a.destination_id in ({In("$9", "$10")}))
               and ($11::text is null or (a.tenant_id, a.framework_id) in (select tenant_id, id from ({Named("$11", "$12")}) f))
         ), page as (
             select * from found where $13::uuid is null or (framework_id, id) > ($13, $14) order by framework_id, id limit $15
         )
         select case when $16 then (select count(*) from found) end,
             a.id, a.type, a.sequence_number, a.body::text, a.origin_id, a.destination_id, f.id, f.code, f.title, f.status, f.tenant_id,
             o.code, o.label, o.statement, o.framework_id, o.framework_code, o.title, o.status, o.framework_tenant,
             d.code, d.label, d.statement, d.framework_id, d.framework_code, d.title, d.status, d.framework_tenant
         from page a
         join pls.framework f on f.tenant_id = a.tenant_id and f.id = a.framework_id
         left join lateral ({End("a.origin_id")}) o on true
         left join lateral ({End("a.destination_id")}) d on true
         order by a.framework_id, a.id
         """;

    /// <summary>A page of links in the order (framework, id), and how many there are when that was asked for.</summary>
    public Task<(List<AssociationResponse> Found, long? Count)> ReadAsync(AssociationQuestion question, CancellationToken ct)
    {
        var after = Cursor.TryDecode(question.Cursor, out var keys) && Guid.TryParse(keys[0], out var framework) ? (framework, Guid.Parse(keys[1])) : ((Guid, Guid)?)null;
        return reader.ExecuteUncompiledAsync(
            new NpgsqlBatchCommand(Text)
            {
                Parameters =
                {
                    new() { Value = caller.TenantId },
                    Id(question.Id),
                    Id(question.OriginId),
                    Id(question.DestinationId),
                    Word(question.Type),
                    new() { Value = question.WithTree },
                    Word(question.OriginFramework),
                    Id(IdIn(question.OriginFramework)),
                    Word(question.DestinationFramework),
                    Id(IdIn(question.DestinationFramework)),
                    Word(question.Framework),
                    Id(IdIn(question.Framework)),
                    Id(after?.Item1),
                    Id(after?.Item2),
                    new() { Value = (long)question.Take },
                    new() { Value = question.Count },
                    Id(question.EitherId),
                },
            },
            async (rows, token) =>
            {
                var found = new List<AssociationResponse>();
                long? count = question.Count ? 0 : null;
                while (await rows.ReadAsync(token))
                {
                    count = rows.IsDBNull(0) ? null : rows.GetInt64(0);
                    found.Add(Read(rows));
                }

                return (found, count);
            },
            ct);
    }

    /// <summary>The keys of a page's cursor.</summary>
    public static string[] Keys(AssociationResponse link) => [link.Framework.Id.ToString(), link.Id.ToString()];

    private AssociationResponse Read(NpgsqlDataReader row)
    {
        var body = CaseObject.Read(CaseAddresses.Expand(row.GetString(4), desk.CaseAddress));
        return new(
            row.GetGuid(1), row.GetString(2), FrameworkAt(row, 7)!, EndAt(row, row.IdOrNull(5), body.Link("originNodeURI"), 12),
            EndAt(row, row.IdOrNull(6), body.Link("destinationNodeURI"), 20), row.IsDBNull(3) ? null : row.GetInt32(3), body.Text("notes"));
    }

    private static AssociationEnd EndAt(NpgsqlDataReader row, Guid? id, CaseLink? link, int column)
    {
        var (code, label, framework) = (row.TextOrNull(column), row.TextOrNull(column + 1), FrameworkAt(row, column + 3));
        return new(id, label ?? code ?? link?.Title ?? framework?.Title ?? "", link?.Uri ?? "", code, row.TextOrNull(column + 2), framework);
    }

    private static NamedFramework? FrameworkAt(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new(row.GetGuid(column), row.GetString(column + 1), row.GetString(column + 2), EnumText.Parse<FrameworkStatus>(row.GetString(column + 3)),
            row.GetGuid(column + 4) == Guid.Empty);

    /// <summary>The framework that a text parameter and the id in it name: the tenant's own before one of the catalog.</summary>
    private static string Named(string text, string id) =>
        $"select tenant_id, id from pls.framework where tenant_id in ($1, '{Guid.Empty}') and (id = {id}::uuid or code = {text}) order by tenant_id desc limit 1";

    private static string In(string text, string id) =>
        $"select s.id from ({Named(text, id)}) f join pls.standard s on s.tenant_id = f.tenant_id and s.framework_id = f.id";

    /// <summary>A standard, or a framework as a whole.</summary>
    private static string End(string id) =>
        $"""
         select x.* from (
             select s.code, s.label, s.statement, f.id as framework_id, f.code as framework_code, f.title, f.status, f.tenant_id as framework_tenant
             from pls.standard s join pls.framework f on f.tenant_id = s.tenant_id and f.id = s.framework_id
             where s.tenant_id in ($1, '{Guid.Empty}') and s.id = {id}
             union all
             select null, null, null, f.id, f.code, f.title, f.status, f.tenant_id
             from pls.framework f where f.tenant_id in ($1, '{Guid.Empty}') and f.id = {id}) x
         order by x.framework_tenant desc limit 1
         """;

    private static Guid? IdIn(string? idOrCode) => idOrCode is null ? null : FrameworkLookup.IdIn(idOrCode);

    private static NpgsqlParameter Id(Guid? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static NpgsqlParameter Word(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

/// <summary>Which links are wanted; what is null does not narrow.</summary>
internal sealed record AssociationQuestion(string? Cursor, int Take, bool Count)
{
    public Guid? Id { get; init; }

    public Guid? OriginId { get; init; }

    public Guid? DestinationId { get; init; }

    /// <summary>A standard at either end.</summary>
    public Guid? EitherId { get; init; }

    public string? Type { get; init; }

    /// <summary>Also the links of trees, when no type is asked for.</summary>
    public bool WithTree { get; init; }

    public string? OriginFramework { get; init; }

    public string? DestinationFramework { get; init; }

    public string? Framework { get; init; }
}
