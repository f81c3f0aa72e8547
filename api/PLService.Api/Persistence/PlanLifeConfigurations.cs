using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence;

internal sealed class PlanTemplateConfiguration : TenantEntityConfiguration<PlanTemplate>
{
    protected override void ConfigureRest(EntityTypeBuilder<PlanTemplate> builder)
    {
        builder.Property(template => template.Title).HasColumnType("jsonb");
        builder.Property(template => template.Document).HasColumnType("jsonb");
    }
}

internal sealed class PlanFormConfiguration : TenantEntityConfiguration<PlanForm>
{
    protected override void ConfigureRest(EntityTypeBuilder<PlanForm> builder)
    {
        builder.Property(form => form.Title).HasColumnType("jsonb");
        builder.Property(form => form.Document).HasColumnType("jsonb");
    }
}

internal sealed class PlanVersionConfiguration : IEntityTypeConfiguration<PlanVersion>
{
    public void Configure(EntityTypeBuilder<PlanVersion> builder)
    {
        builder.HasKey(version => new { version.TenantId, version.PlanId, version.Number });
        builder.Property(version => version.Number).ValueGeneratedNever();
        builder.Property(version => version.Document).HasColumnType("jsonb");
        builder.HasOne<Plan>().WithMany().HasForeignKey(v => new { v.TenantId, v.PlanId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PlanReviewConfiguration : IEntityTypeConfiguration<PlanReview>
{
    public void Configure(EntityTypeBuilder<PlanReview> builder)
    {
        builder.HasKey(review => new { review.TenantId, review.PlanId, review.Round });
        builder.Property(review => review.Round).ValueGeneratedNever();
        builder.HasOne<PlanVersion>().WithMany().HasForeignKey(r => new { r.TenantId, r.PlanId, r.Number }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PlanCommentConfiguration : TenantEntityConfiguration<PlanComment>
{
    protected override void ConfigureRest(EntityTypeBuilder<PlanComment> builder)
    {
        builder.Property(comment => comment.Earlier).HasColumnType("jsonb");
        builder.HasOne<Plan>().WithMany().HasForeignKey(c => new { c.TenantId, c.PlanId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PlanComment>().WithMany().HasForeignKey(c => new { c.TenantId, c.ThreadId }).OnDelete(DeleteBehavior.Cascade);
    }
}
