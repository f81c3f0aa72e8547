using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Teams;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Persistence;

internal sealed class PlanConfiguration : TenantEntityConfiguration<Plan>
{
    protected override void ConfigureRest(EntityTypeBuilder<Plan> builder)
    {
        builder.Property(plan => plan.Content).HasColumnType("jsonb");
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => new { p.TenantId, p.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PlanPartConfiguration : TenantEntityConfiguration<PlanPart>
{
    protected override void ConfigureRest(EntityTypeBuilder<PlanPart> builder)
    {
        builder.Property(part => part.Content).HasColumnType("jsonb");
        builder.HasOne<Plan>().WithMany().HasForeignKey(p => new { p.TenantId, p.PlanId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PlanPart>().WithMany().HasForeignKey(p => new { p.TenantId, p.ParentId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => new { p.TenantId, p.OwnerPersonId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(p => new { p.TenantId, p.OwnerTeamId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Priority>().WithMany().HasForeignKey(p => new { p.TenantId, p.PriorityId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Assessment>().WithMany().HasForeignKey(p => new { p.TenantId, p.CauseAssessmentId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PlanChangeConfiguration : IEntityTypeConfiguration<PlanChange>
{
    public void Configure(EntityTypeBuilder<PlanChange> builder)
    {
        builder.HasKey(change => new { change.TenantId, change.PlanId, change.Version, change.TargetId });
        builder.Property(change => change.Version).ValueGeneratedNever();
        builder.Property(change => change.Fields).HasColumnType("jsonb");
        builder.HasOne<Plan>().WithMany().HasForeignKey(c => new { c.TenantId, c.PlanId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PlanTallyConfiguration : IEntityTypeConfiguration<PlanTally>
{
    public void Configure(EntityTypeBuilder<PlanTally> builder)
    {
        builder.HasKey(tally => new { tally.TenantId, tally.PlanId });
        builder.HasOne<Plan>().WithMany().HasForeignKey(t => new { t.TenantId, t.PlanId }).OnDelete(DeleteBehavior.Cascade);
        foreach (var counts in new Expression<Func<PlanTally, int[]>>[] { t => t.Steps, t => t.Obstacles })
            builder.Property(counts).HasConversion(counts => PackedInts.Pack(counts), packed => PackedInts.Unpack(packed));
        foreach (var days in new Expression<Func<PlanTally, DateOnly[]>>[] { t => t.OpenDue, t => t.DueOn, t => t.DoneOn })
            builder.Property(days).HasConversion(days => PackedInts.PackDays(days), packed => PackedInts.UnpackDays(packed));
    }
}

internal sealed class CheckInConfiguration : TenantEntityConfiguration<CheckIn>
{
    protected override void ConfigureRest(EntityTypeBuilder<CheckIn> builder)
    {
        builder.Property(held => held.Content).HasColumnType("jsonb");
        builder.Property(held => held.Outcomes).HasColumnType("jsonb");
        builder.Property(held => held.Chart).HasColumnType("jsonb");
        builder.HasOne<Plan>().WithMany().HasForeignKey(held => new { held.TenantId, held.PlanId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CalendarFeedConfiguration : TenantEntityConfiguration<CalendarFeed>
{
    protected override void ConfigureRest(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.HasOne<Person>().WithMany().HasForeignKey(feed => new { feed.TenantId, feed.PersonId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(feed => new { feed.TenantId, feed.TeamId }).OnDelete(DeleteBehavior.Cascade);
    }
}
