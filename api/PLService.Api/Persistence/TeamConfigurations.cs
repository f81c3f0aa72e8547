using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Persistence;

internal sealed class TeamConfiguration : TenantEntityConfiguration<Team>
{
    protected override void ConfigureRest(EntityTypeBuilder<Team> builder) =>
        builder.HasOne<Organization>().WithMany().HasForeignKey(t => new { t.TenantId, t.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
}

internal sealed class TeamMemberConfiguration : TenantEntityConfiguration<TeamMember>
{
    protected override void ConfigureRest(EntityTypeBuilder<TeamMember> builder)
    {
        builder.HasOne<Team>().WithMany().HasForeignKey(m => new { m.TenantId, m.TeamId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => new { m.TenantId, m.PersonId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TeamConstituencyConfiguration : TenantEntityConfiguration<TeamConstituency>;

internal sealed class TeamRuleSetConfiguration : TenantEntityConfiguration<TeamRuleSet>
{
    protected override void ConfigureRest(EntityTypeBuilder<TeamRuleSet> builder) => builder.Property(set => set.Rules).HasColumnType("jsonb");
}

internal sealed class TeamMeetingConfiguration : TenantEntityConfiguration<TeamMeeting>
{
    protected override void ConfigureRest(EntityTypeBuilder<TeamMeeting> builder)
    {
        builder.Property(meeting => meeting.Agenda).HasColumnType("jsonb");
        builder.HasOne<Team>().WithMany().HasForeignKey(m => new { m.TenantId, m.TeamId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TeamAttendanceConfiguration : IEntityTypeConfiguration<TeamAttendance>
{
    public void Configure(EntityTypeBuilder<TeamAttendance> builder)
    {
        builder.HasKey(attendance => new { attendance.TenantId, attendance.MeetingId, attendance.MemberId });
        builder.HasOne<TeamMeeting>().WithMany().HasForeignKey(a => new { a.TenantId, a.MeetingId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<TeamMember>().WithMany().HasForeignKey(a => new { a.TenantId, a.MemberId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TeamDecisionConfiguration : IEntityTypeConfiguration<TeamDecision>
{
    public void Configure(EntityTypeBuilder<TeamDecision> builder)
    {
        builder.HasKey(decision => new { decision.TenantId, decision.Id });
        builder.Property(decision => decision.Id).ValueGeneratedNever();
        builder.HasOne<TeamMeeting>().WithMany().HasForeignKey(d => new { d.TenantId, d.MeetingId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Plan>().WithMany().HasForeignKey(d => new { d.TenantId, d.PlanId }).OnDelete(DeleteBehavior.Restrict);
    }
}
