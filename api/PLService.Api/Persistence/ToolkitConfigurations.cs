using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Persistence;

internal sealed class ToolkitConfiguration : TenantEntityConfiguration<Toolkit>
{
    protected override void ConfigureRest(EntityTypeBuilder<Toolkit> builder) => builder.Property(toolkit => toolkit.Title).HasColumnType("jsonb");
}

internal sealed class ToolkitVersionConfiguration : TenantEntityConfiguration<ToolkitVersion>
{
    protected override void ConfigureRest(EntityTypeBuilder<ToolkitVersion> builder)
    {
        builder.Property(version => version.Document).HasColumnType("jsonb");
        builder.HasOne<Toolkit>().WithMany().HasForeignKey(v => new { v.TenantId, v.ToolkitId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ToolkitRunConfiguration : TenantEntityConfiguration<ToolkitRun>
{
    protected override void ConfigureRest(EntityTypeBuilder<ToolkitRun> builder)
    {
        builder.Property(run => run.Standards).HasColumnType("jsonb");
        builder.HasOne<Organization>().WithMany().HasForeignKey(r => new { r.TenantId, r.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ToolkitRunMemberConfiguration : IEntityTypeConfiguration<ToolkitRunMember>
{
    public void Configure(EntityTypeBuilder<ToolkitRunMember> builder)
    {
        builder.HasKey(member => new { member.TenantId, member.RunId, member.PersonId });
        builder.HasOne<ToolkitRun>().WithMany().HasForeignKey(m => new { m.TenantId, m.RunId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => new { m.TenantId, m.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ToolMarkConfiguration : IEntityTypeConfiguration<ToolMark>
{
    public void Configure(EntityTypeBuilder<ToolMark> builder)
    {
        builder.HasKey(mark => new { mark.TenantId, mark.RunId, mark.ToolCode });
        builder.HasOne<ToolkitRun>().WithMany().HasForeignKey(m => new { m.TenantId, m.RunId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WorksheetConfiguration : TenantEntityConfiguration<Worksheet>
{
    protected override void ConfigureRest(EntityTypeBuilder<Worksheet> builder)
    {
        builder.HasOne<ToolkitRun>().WithMany().HasForeignKey(w => new { w.TenantId, w.RunId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(w => new { w.TenantId, w.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WorksheetValueConfiguration : IEntityTypeConfiguration<WorksheetValue>
{
    public void Configure(EntityTypeBuilder<WorksheetValue> builder)
    {
        builder.HasKey(value => new { value.TenantId, value.WorksheetId, value.Field });
        builder.Property(value => value.Id).ValueGeneratedNever();
        builder.Property(value => value.GatheredFrom).HasColumnType("jsonb");
        builder.HasOne<Worksheet>().WithMany().HasForeignKey(v => new { v.TenantId, v.WorksheetId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WorksheetChangeConfiguration : IEntityTypeConfiguration<WorksheetChange>
{
    public void Configure(EntityTypeBuilder<WorksheetChange> builder)
    {
        builder.HasKey(change => new { change.TenantId, change.WorksheetId, change.Version, change.Field });
        builder.Property(change => change.Version).ValueGeneratedNever();
        builder.Property(change => change.GatheredFrom).HasColumnType("jsonb");
        builder.HasOne<Worksheet>().WithMany().HasForeignKey(c => new { c.TenantId, c.WorksheetId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WorksheetImageConfiguration : IEntityTypeConfiguration<WorksheetImage>
{
    public void Configure(EntityTypeBuilder<WorksheetImage> builder)
    {
        builder.HasKey(image => new { image.TenantId, image.WorksheetId, image.Field });
        builder.HasOne<Worksheet>().WithMany().HasForeignKey(i => new { i.TenantId, i.WorksheetId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReadingConfiguration : TenantEntityConfiguration<Reading>
{
    protected override void ConfigureRest(EntityTypeBuilder<Reading> builder) =>
        builder.HasOne<ToolkitRun>().WithMany().HasForeignKey(r => new { r.TenantId, r.RunId }).OnDelete(DeleteBehavior.Cascade);
}

internal sealed class ReadingRevisionConfiguration : IEntityTypeConfiguration<ReadingRevision>
{
    public void Configure(EntityTypeBuilder<ReadingRevision> builder)
    {
        builder.HasKey(revision => new { revision.TenantId, revision.ReadingId, revision.Revision });
        builder.Property(revision => revision.Revision).ValueGeneratedNever();
        builder.HasOne<Reading>().WithMany().HasForeignKey(r => new { r.TenantId, r.ReadingId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AnnotationConfiguration : TenantEntityConfiguration<Annotation>
{
    protected override void ConfigureRest(EntityTypeBuilder<Annotation> builder)
    {
        builder.HasOne<ToolkitRun>().WithMany().HasForeignKey(a => new { a.TenantId, a.RunId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Reading>().WithMany().HasForeignKey(a => new { a.TenantId, a.ReadingId }).OnDelete(DeleteBehavior.Cascade);
    }
}
