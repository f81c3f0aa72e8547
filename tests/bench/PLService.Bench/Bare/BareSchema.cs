namespace PLService.Bench.Bare;

/// <summary>The schema that one would write first: everything in rows, foreign keys, an index for each way in.</summary>
internal static class BareSchema
{
    public const string Tables = """
        create table organization (id uuid not null, parent_id uuid, kind text not null, name text not null, nces_id text);
        create table instrument (id int not null, code text not null);
        create table item (id int not null, instrument_id int not null, section text not null, code text not null);
        create table level (id smallint not null, code text not null, score int);
        create table assessment (
            id uuid not null, organization_id uuid not null, instrument_id int not null, external_id text not null, title text not null,
            round text not null, status text not null, opened_at timestamptz, closed_at timestamptz);
        create table response (
            id uuid not null, assessment_id uuid not null, participant_key text not null, submitted_at timestamptz not null default now());
        create table rating (
            id bigint generated always as identity, response_id uuid not null, item_id int not null, level_id smallint not null,
            rated_at timestamptz not null, comment text);
        -- For the variant of W5 that packs a response into one row, as the service does.
        create table packed_response (
            id uuid primary key, assessment_id uuid not null, participant_key text not null, levels smallint[] not null,
            submitted_at timestamptz not null default now(), unique (assessment_id, participant_key));
        """;

    public const string Keys = """
        alter table organization add primary key (id), add unique (nces_id), add foreign key (parent_id) references organization (id);
        create index on organization (parent_id);
        alter table instrument add primary key (id), add unique (code);
        alter table item add primary key (id), add unique (instrument_id, code), add foreign key (instrument_id) references instrument (id);
        alter table level add primary key (id), add unique (code);
        alter table assessment add primary key (id), add unique (organization_id, external_id),
            add foreign key (organization_id) references organization (id), add foreign key (instrument_id) references instrument (id);
        create index on assessment (instrument_id, id);
        create index on assessment (organization_id, closed_at);
        alter table response add primary key (id), add unique (assessment_id, participant_key),
            add foreign key (assessment_id) references assessment (id);
        alter table rating add primary key (id), add unique (response_id, item_id),
            add foreign key (response_id) references response (id), add foreign key (item_id) references item (id),
            add foreign key (level_id) references level (id);
        create index on rating (item_id);
        alter table packed_response add foreign key (assessment_id) references assessment (id);
        """;

    /// <summary>Counts per section and level of the latest closed assessment of the organization $1.</summary>
    public const string DistrictHistogram = """
        select i.section, r.level_id, count(*)
        from response p
        join rating r on r.response_id = p.id
        join item i on i.id = r.item_id
        where p.assessment_id = (
            select id from assessment where organization_id = $1 and status = 'closed' order by closed_at desc limit 1)
        group by i.section, r.level_id
        """;

    /// <summary>Counts per round, section and level of everything below the state $1.</summary>
    public const string StateHistogram = """
        select a.round, i.section, r.level_id, count(*)
        from organization g
        join organization d on d.parent_id = g.id
        join assessment a on a.organization_id = d.id and a.status = 'closed'
        join response p on p.assessment_id = a.id
        join rating r on r.response_id = p.id
        join item i on i.id = r.item_id
        where g.parent_id = $1
        group by a.round, i.section, r.level_id
        """;

    private const string AssessmentColumns =
        "select a.id, a.organization_id, o.name, a.external_id, a.title, a.round, a.status, a.opened_at, a.closed_at "
        + "from assessment a join organization o on o.id = a.organization_id ";

    /// <summary>One assessment by its id $1.</summary>
    public const string Assessment = AssessmentColumns + "where a.id = $1";

    /// <summary>The newest $2 assessments of the instrument $1.</summary>
    public const string FirstAssessments =
        AssessmentColumns + "where a.instrument_id = (select id from instrument where code = $1) order by a.id desc limit $2";

    /// <summary>The $2 that come after the id $3.</summary>
    public const string NextAssessments =
        AssessmentColumns + "where a.instrument_id = (select id from instrument where code = $1) and a.id < $3 order by a.id desc limit $2";

    public const string InsertPacked =
        "insert into packed_response (id, assessment_id, participant_key, levels) values ($1, $2, $3, $4)";

    public const string InsertResponse = "insert into response (id, assessment_id, participant_key) values ($1, $2, $3)";

    public const string InsertRatings =
        "insert into rating (response_id, item_id, level_id, rated_at) "
        + "select $1, i, l, now() from unnest($2::int[], $3::smallint[]) as t (i, l)";
}
