using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Counts of posters that were filled on paper: one tally per assessment and group. What a file says of a group's item replaces what was stored of it.</summary>
internal sealed class TallyLoader(PLServiceDbContext db, Caller caller, InstrumentVersions versions, ImportClosing closing, TimeProvider clock) : IRecordLoader
{
    private const int AtATime = 500;

    private readonly Dictionary<(Guid Assessment, string Group), Poster> _posters = [];

    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.Tallies];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var scopes = new ScopeResolver(connection, caller, load.Options, versions);
        await foreach (var batch in reader.ReadRatingsAsync(ct))
        {
            await scopes.ResolveAsync(batch.Scopes, ct);
            load.Count(batch, Take(batch, reader, scopes, load.Issues));
            batch.Release();
        }

        load.Receipt.Rejected += CheckMarks(load.Issues);
        if (load.IsLost)
            return;
        load.Report("storing", load.Size);
        var apply = new RatingApply(connection, caller, load.ImportId, clock.GetUtcNow().UtcDateTime);
        if (!await apply.PrepareAsync(scopes, load, ct))
            return;
        await StoreAsync(load, ct);
        await apply.AuditAsync([.. scopes.Targets], ct);
        await closing.CloseAsync(scopes, load, ct);
    }

    private int Take(RatingBatch batch, ImportReader reader, ScopeResolver scopes, IssueLog issues)
    {
        var rejected = 0;
        for (var first = 0; first < batch.Count;)
        {
            var end = first + 1;
            while (end < batch.Count && batch.Records[end] == batch.Records[first])
                end++;
            if (!TakeRecord(batch, reader, scopes, issues, first, end))
                rejected++;
            first = end;
        }

        return rejected;
    }

    private bool TakeRecord(RatingBatch batch, ImportReader reader, ScopeResolver scopes, IssueLog issues, int first, int end)
    {
        var person = batch.People[batch.Subjects[first]];
        var scope = scopes[person.Scope];
        if (scope.Target is not { } target)
            return Reject(issues, batch, first, scope.Fault!.Code, scope.Fault.Detail, reader.NameOf(scope.Fault.Column), scope.Fault.Value);

        var places = new List<(int Place, int Count)>();
        for (var cell = first; cell < end; cell++)
        {
            var question = batch.QuestionTable.Span[batch.Questions[cell]];
            var level = batch.AnswerTable.Span[batch.Answers[cell]];
            if (!target.Layout.TryFind(question.ItemCode, question.Axis, out var element))
                return Reject(issues, batch, cell, ImportLoadCodes.UnknownItem, "The instrument has no such item or axis.", reader.NameOf(Field.Item), question.ItemCode);
            if (!element.TryLevel(level, out var ordinal))
                return Reject(issues, batch, cell, ImportLoadCodes.UnknownLevel, $"The item takes {string.Join(", ", element.Scale.Levels.Take(12).Select(l => l.Code))}.", level, level);
            places.Add((element.CountsOffset + ordinal, batch.Counts[cell]));
        }

        var group = Encoding.UTF8.GetString(batch.KeyOf(batch.Subjects[first]));
        if (group.Length > Tally.GroupKeyMaxLength)
            return Reject(issues, batch, first, ImportCodes.CellTooLong, $"The name of a group has at most {Tally.GroupKeyMaxLength} characters.", "group", group);
        var key = (target.Id, group.Length == 0 ? "all" : group);
        if (!_posters.TryGetValue(key, out var poster))
            _posters[key] = poster = new Poster(target, batch.Lines[first], batch.Records[first]);
        poster.Role = person.Role >= 0 ? batch.Roles.Span[person.Role] : poster.Role;
        poster.Participants = Math.Max(poster.Participants, person.Participants);
        foreach (var (place, count) in places)
            poster.Said[place] = count;
        return true;
    }

    // A group cannot place more marks on an item than it has people, unless the instrument says so.
    private int CheckMarks(IssueLog issues)
    {
        var rejected = 0;
        foreach (var ((_, group), poster) in _posters)
        {
            var layout = poster.Target.Layout;
            var most = layout.Elements.Max(e => Enumerable.Range(e.CountsOffset, e.Scale.Levels.Count).Sum(place => poster.Said.GetValueOrDefault(place)));
            if (poster.Participants < 0)
                poster.Participants = layout.Document.MarksPerParticipant is { } marks ? (most + marks - 1) / marks : most;
            if (layout.Document.MarksPerParticipant is { } each && most > (long)poster.Participants * each)
            {
                issues.Add(new(ImportSeverity.Error, "tally.more_marks_than_participants",
                    $"An item of this group has {most} marks; {poster.Participants} participants give at most {(long)poster.Participants * each}.",
                    poster.Line, poster.Record, "participants", ImportIssue.Cut(group)));
                rejected++;
            }
        }

        return rejected;
    }

    private async Task StoreAsync(ImportLoad load, CancellationToken ct)
    {
        var (created, updated, unchanged) = (0, 0, 0);
        foreach (var some in _posters.Chunk(AtATime))
        {
            var assessments = some.Select(p => p.Key.Assessment).Distinct().ToList();
            var groups = some.Select(p => p.Key.Group).Distinct().ToList();
            var stored = (await db.Tallies.Where(t => assessments.Contains(t.AssessmentId) && groups.Contains(t.GroupKey)).ToListAsync(ct))
                .ToDictionary(t => (t.AssessmentId, t.GroupKey));
            foreach (var (key, poster) in some)
            {
                if (!stored.TryGetValue(key, out var tally))
                {
                    tally = Tally.Create(key.Assessment, key.Group, load.ImportId);
                    tally.Fill(poster.Role, poster.Participants, poster.Onto(new int[poster.Target.Layout.CountsLength]));
                    db.Add(tally);
                    created++;
                }
                else if (await ChangeAsync(tally, poster, load.ImportId, ct))
                {
                    updated++;
                }
                else
                {
                    unchanged++;
                }
            }

            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                throw new JobAgainException("Somebody else stored a tally of this file meanwhile.", e);
            }
        }

        load.Receipt.Tallies = new(created, updated, unchanged);
    }

    private async Task<bool> ChangeAsync(Tally tally, Poster poster, Guid importId, CancellationToken ct)
    {
        var (role, counts) = (poster.Role ?? tally.Role, poster.Onto(tally.Counts));
        if (role == tally.Role && poster.Participants == tally.Participants && counts.AsSpan().SequenceEqual(tally.Counts))
            return false;
        var before = JsonSerializer.Serialize(new { tally.Role, tally.Participants, tally.Counts }, JsonSerializerOptions.Web);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after, before)
             values ({caller.TenantId}, {importId}, 'tally', {tally.Id}, {tally.Version + 1}, {before}::jsonb)
             """, ct);
        tally.Fill(role, poster.Participants, counts);
        return true;
    }

    private static bool Reject(IssueLog issues, RatingBatch batch, int cell, string code, string detail, string? column, string? value)
    {
        issues.Add(new(ImportSeverity.Error, code, detail, batch.Lines[cell], batch.Records[cell], column, value is null ? null : ImportIssue.Cut(value)));
        return false;
    }

    /// <summary>What the file says of one group.</summary>
    private sealed class Poster(TargetAssessment target, long line, long record)
    {
        public TargetAssessment Target => target;
        public long Line => line;
        public long Record => record;
        public string? Role { get; set; }
        public int Participants { get; set; } = -1;
        public Dictionary<int, int> Said { get; } = [];

        /// <summary>The counts with what the file says laid over them.</summary>
        public int[] Onto(int[] counts)
        {
            var laid = counts.ToArray();
            foreach (var (place, count) in Said)
                laid[place] = count;
            return laid;
        }
    }
}
