using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence;

internal sealed class FrameworkConfiguration : TenantEntityConfiguration<Framework>
{
    protected override void ConfigureRest(EntityTypeBuilder<Framework> builder)
    {
        builder.Property(framework => framework.Body).HasColumnType("jsonb");
        builder.Property(framework => framework.PackageExtensions).HasColumnType("jsonb");
        builder.Property(framework => framework.DefinitionExtensions).HasColumnType("jsonb");
    }
}

internal sealed class StandardConfiguration : TenantEntityConfiguration<Standard>
{
    protected override void ConfigureRest(EntityTypeBuilder<Standard> builder)
    {
        builder.Ignore(standard => standard.Wording);
        builder.Property(standard => standard.Body).HasColumnType("jsonb");
        builder.HasOne<Framework>().WithMany().HasForeignKey(s => new { s.TenantId, s.FrameworkId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class StandardNameConfiguration : IEntityTypeConfiguration<StandardName>
{
    public void Configure(EntityTypeBuilder<StandardName> builder)
    {
        builder.HasKey(name => new { name.TenantId, name.Id });
        builder.Property(name => name.Id).ValueGeneratedNever();
        builder.HasOne<Standard>().WithMany().HasForeignKey(n => new { n.TenantId, n.StandardId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class StandardAssociationConfiguration : IEntityTypeConfiguration<StandardAssociation>
{
    public void Configure(EntityTypeBuilder<StandardAssociation> builder)
    {
        builder.HasKey(association => new { association.TenantId, association.FrameworkId, association.Id });
        builder.Property(association => association.Body).HasColumnType("jsonb");
        builder.HasOne<Framework>().WithMany().HasForeignKey(a => new { a.TenantId, a.FrameworkId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class FrameworkDefinitionConfiguration : IEntityTypeConfiguration<FrameworkDefinition>
{
    public void Configure(EntityTypeBuilder<FrameworkDefinition> builder)
    {
        builder.HasKey(definition => new { definition.TenantId, definition.FrameworkId, definition.Id });
        builder.Property(definition => definition.Body).HasColumnType("jsonb");
        builder.HasOne<Framework>().WithMany().HasForeignKey(d => new { d.TenantId, d.FrameworkId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RubricConfiguration : TenantEntityConfiguration<Rubric>
{
    protected override void ConfigureRest(EntityTypeBuilder<Rubric> builder)
    {
        builder.Property(rubric => rubric.Body).HasColumnType("jsonb");
        builder.HasOne<Framework>().WithMany().HasForeignKey(r => new { r.TenantId, r.FrameworkId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class StandardReferenceConfiguration : IEntityTypeConfiguration<StandardReference>
{
    public void Configure(EntityTypeBuilder<StandardReference> builder) =>
        builder.HasKey(r => new { r.TenantId, r.FrameworkCode, r.StandardCode, r.ResourceType, r.ResourceId, r.Part });
}
