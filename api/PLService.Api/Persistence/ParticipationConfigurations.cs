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

internal sealed class ReminderRoundConfiguration : IEntityTypeConfiguration<ReminderRound>
{
    public void Configure(EntityTypeBuilder<ReminderRound> builder)
    {
        builder.HasKey(round => new { round.TenantId, round.Id });
        builder.Property(round => round.Id).ValueGeneratedNever();
        builder.HasOne<Assessment>().WithMany().HasForeignKey(r => new { r.TenantId, r.AssessmentId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReminderConfiguration : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> builder)
    {
        builder.HasKey(reminder => new { reminder.TenantId, reminder.RoundId, reminder.PersonId });
        builder.HasOne<ReminderRound>().WithMany().HasForeignKey(r => new { r.TenantId, r.RoundId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(r => new { r.TenantId, r.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}
