using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;

namespace PLService.Api.Persistence;

internal sealed class JoinCodeConfiguration : TenantEntityConfiguration<JoinCode>
{
    protected override void ConfigureRest(EntityTypeBuilder<JoinCode> builder) =>
        builder.HasOne<Assessment>().WithMany().HasForeignKey(j => new { j.TenantId, j.AssessmentId }).OnDelete(DeleteBehavior.Cascade);
}

internal sealed class ParticipationConfiguration : IEntityTypeConfiguration<Participation>
{
    public void Configure(EntityTypeBuilder<Participation> builder)
    {
        builder.HasKey(participation => new { participation.TenantId, participation.Id });
        builder.Property(participation => participation.Id).ValueGeneratedNever();
        builder.HasOne<Assessment>().WithMany().HasForeignKey(p => new { p.TenantId, p.AssessmentId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => new { p.TenantId, p.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}
