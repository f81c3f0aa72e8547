using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Priorities;

namespace PLService.Api.Persistence;

internal sealed class PriorityListConfiguration : TenantEntityConfiguration<PriorityList>
{
    protected override void ConfigureRest(EntityTypeBuilder<PriorityList> builder)
    {
        builder.HasOne<Organization>().WithMany().HasForeignKey(l => new { l.TenantId, l.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Assessment>().WithMany().HasForeignKey(l => new { l.TenantId, l.AssessmentId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PriorityConfiguration : TenantEntityConfiguration<Priority>
{
    protected override void ConfigureRest(EntityTypeBuilder<Priority> builder)
    {
        builder.Property(priority => priority.Content).HasColumnType("jsonb");
        builder.Property(priority => priority.Levels).HasColumnType("jsonb");
        builder.HasOne<PriorityList>().WithMany().HasForeignKey(p => new { p.TenantId, p.ListId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => new { p.TenantId, p.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PriorityBallotConfiguration : TenantEntityConfiguration<PriorityBallot>
{
    protected override void ConfigureRest(EntityTypeBuilder<PriorityBallot> builder)
    {
        builder.HasOne<PriorityList>().WithMany().HasForeignKey(b => new { b.TenantId, b.ListId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(b => new { b.TenantId, b.PersonId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PriorityDotsConfiguration : IEntityTypeConfiguration<PriorityDots>
{
    public void Configure(EntityTypeBuilder<PriorityDots> builder)
    {
        builder.HasKey(dots => new { dots.TenantId, dots.BallotId, dots.PriorityId });
        builder.HasOne<PriorityBallot>().WithMany().HasForeignKey(d => new { d.TenantId, d.BallotId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Priority>().WithMany().HasForeignKey(d => new { d.TenantId, d.PriorityId }).OnDelete(DeleteBehavior.Cascade);
    }
}
