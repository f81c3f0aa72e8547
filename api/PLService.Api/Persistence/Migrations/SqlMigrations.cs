using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PLService.Api.Persistence.Migrations;

/// <summary>A migration whose whole content is the reviewed SQL file of its name; it is never edited once merged, and there is no way down.</summary>
internal abstract class SqlMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var name = $"migrations/{GetType().GetCustomAttribute<MigrationAttribute>()!.Id}.sql";
        using var stream = GetType().Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The migration file {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}

[DbContext(typeof(PLServiceDbContext)), Migration("0001_foundation")]
internal sealed class Foundation : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0002_instruments")]
internal sealed class Instruments : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0003_assessments")]
internal sealed class Assessments : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0004_imports")]
internal sealed class Imports : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0005_rollup_stamp")]
internal sealed class RollupStamp : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0006_people")]
internal sealed class People : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0007_identity_providers")]
internal sealed class IdentityProviders : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0008_mail")]
internal sealed class Mails : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0009_accounts")]
internal sealed class Accounts : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0010_participation")]
internal sealed class Participating : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0012_people_imports")]
internal sealed class PeopleImports : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0013_support_access")]
internal sealed class SupportAccess : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0014_mail_recipient")]
internal sealed class MailRecipients : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0015_invitations")]
internal sealed class Invitations : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0016_reminders")]
internal sealed class Reminders : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0017_membership_imports")]
internal sealed class MembershipImports : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0018_frameworks")]
internal sealed class Frameworks : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0020_toolkits")]
internal sealed class Toolkits : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0021_oneroster")]
internal sealed class RosterImports : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0022_plans")]
internal sealed class Plans : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0023_teams")]
internal sealed class Teams : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0024_priorities")]
internal sealed class Priorities : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0025_check_ins")]
internal sealed class CheckIns : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0026_plan_reviews")]
internal sealed class PlanReviews : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0027_plan_progress")]
internal sealed class PlanProgress : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0028_plan_imports")]
internal sealed class PlanImports : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0029_packed_tallies")]
internal sealed class PackedTallies : SqlMigration;

[DbContext(typeof(PLServiceDbContext)), Migration("0030_withdrawn_submissions")]
internal sealed class WithdrawnSubmissions : SqlMigration;
