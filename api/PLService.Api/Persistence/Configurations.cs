using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Auditing;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Tenants;

namespace PLService.Api.Persistence;

/// <summary>What all mutable rows share: the composite key and the version that guards them.</summary>
internal abstract class TenantEntityConfiguration<T> : IEntityTypeConfiguration<T>
    where T : TenantEntity
{
    public void Configure(EntityTypeBuilder<T> builder)
    {
        builder.HasKey(row => new { row.TenantId, row.Id });
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
        ConfigureRest(builder);
    }

    protected virtual void ConfigureRest(EntityTypeBuilder<T> builder)
    {
    }
}

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.HasKey(tenant => tenant.Id);
        builder.Property(tenant => tenant.Id).ValueGeneratedNever();
        builder.Property(tenant => tenant.Version).IsConcurrencyToken();
    }
}

internal sealed class OrganizationConfiguration : TenantEntityConfiguration<Organization>
{
    protected override void ConfigureRest(EntityTypeBuilder<Organization> builder) =>
        builder.HasOne<Organization>().WithMany().HasForeignKey(o => new { o.TenantId, o.ParentId }).OnDelete(DeleteBehavior.Restrict);
}

internal sealed class OrganizationClosureConfiguration : IEntityTypeConfiguration<OrganizationClosure>
{
    public void Configure(EntityTypeBuilder<OrganizationClosure> builder)
    {
        builder.HasKey(pair => new { pair.TenantId, pair.AncestorId, pair.DescendantId });
        builder.HasOne<Organization>().WithMany().HasForeignKey(c => new { c.TenantId, c.DescendantId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OrganizationIdentifierConfiguration : IEntityTypeConfiguration<OrganizationIdentifier>
{
    public void Configure(EntityTypeBuilder<OrganizationIdentifier> builder)
    {
        builder.HasKey(identifier => new { identifier.TenantId, identifier.Id });
        builder.Property(identifier => identifier.Id).ValueGeneratedNever();
        builder.HasOne<Organization>().WithMany().HasForeignKey(i => new { i.TenantId, i.OrganizationId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApiClientConfiguration : TenantEntityConfiguration<ApiClient>;

internal sealed class ApiClientSecretConfiguration : IEntityTypeConfiguration<ApiClientSecret>
{
    public void Configure(EntityTypeBuilder<ApiClientSecret> builder)
    {
        builder.HasKey(secret => new { secret.TenantId, secret.Id });
        builder.Property(secret => secret.Id).ValueGeneratedNever();
        builder.HasOne<ApiClient>().WithMany().HasForeignKey(s => new { s.TenantId, s.ApiClientId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class JobConfiguration : TenantEntityConfiguration<Job>;

internal sealed class ImportConfiguration : TenantEntityConfiguration<Import>
{
    protected override void ConfigureRest(EntityTypeBuilder<Import> builder)
    {
        builder.Property(import => import.Options).HasColumnType("jsonb");
        builder.Property(import => import.Receipt).HasColumnType("jsonb");
    }
}

internal sealed class MailConfiguration : TenantEntityConfiguration<Mail>
{
    protected override void ConfigureRest(EntityTypeBuilder<Mail> builder) =>
        builder.HasOne<Person>().WithMany().HasForeignKey(m => new { m.TenantId, m.RecipientPersonId }).OnDelete(DeleteBehavior.Cascade);
}

internal sealed class MailOptOutConfiguration : IEntityTypeConfiguration<MailOptOut>
{
    public void Configure(EntityTypeBuilder<MailOptOut> builder) => builder.HasKey(optOut => new { optOut.TenantId, optOut.AddressHash, optOut.Kind });
}

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.HasKey(audit => new { audit.TenantId, audit.Id });
        builder.Property(audit => audit.Id).ValueGeneratedNever();
        builder.Property(audit => audit.TransactionId).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        builder.Property(audit => audit.Detail).HasColumnType("jsonb");
    }
}

internal sealed class InstrumentConfiguration : TenantEntityConfiguration<Instrument>
{
    protected override void ConfigureRest(EntityTypeBuilder<Instrument> builder)
    {
        builder.Property(instrument => instrument.Title).HasColumnType("jsonb");
    }
}

internal sealed class InstrumentVersionConfiguration : TenantEntityConfiguration<InstrumentVersion>
{
    protected override void ConfigureRest(EntityTypeBuilder<InstrumentVersion> builder)
    {
        builder.Property(version => version.Document).HasColumnType("jsonb");
        builder.HasOne<Instrument>().WithMany().HasForeignKey(v => new { v.TenantId, v.InstrumentId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AssessmentConfiguration : TenantEntityConfiguration<Assessment>
{
    protected override void ConfigureRest(EntityTypeBuilder<Assessment> builder) =>
        builder.HasOne<Organization>().WithMany().HasForeignKey(a => new { a.TenantId, a.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
}

internal sealed class ResponseConfiguration : TenantEntityConfiguration<Response>
{
    protected override void ConfigureRest(EntityTypeBuilder<Response> builder)
    {
        builder.Property(response => response.Comments).HasColumnType("jsonb");
        builder.Ignore(response => response.HidesTimes);
        builder.HasOne<Assessment>().WithMany().HasForeignKey(r => new { r.TenantId, r.AssessmentId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TallyConfiguration : TenantEntityConfiguration<Tally>
{
    protected override void ConfigureRest(EntityTypeBuilder<Tally> builder) =>
        builder.HasOne<Assessment>().WithMany().HasForeignKey(t => new { t.TenantId, t.AssessmentId }).OnDelete(DeleteBehavior.Cascade);
}

internal sealed class AssessmentResultConfiguration : IEntityTypeConfiguration<AssessmentResult>
{
    public void Configure(EntityTypeBuilder<AssessmentResult> builder)
    {
        builder.HasKey(result => new { result.TenantId, result.AssessmentId, result.Revision });
        builder.Property(result => result.Document).HasColumnType("jsonb");
    }
}

internal sealed class AssessmentCountsConfiguration : IEntityTypeConfiguration<AssessmentCounts>
{
    public void Configure(EntityTypeBuilder<AssessmentCounts> builder) =>
        builder.HasKey(counts => new { counts.TenantId, counts.AssessmentId, counts.Role });
}

internal sealed class RollupConfiguration : IEntityTypeConfiguration<Rollup>
{
    public void Configure(EntityTypeBuilder<Rollup> builder) =>
        builder.HasKey(rollup => new
        {
            rollup.TenantId,
            rollup.OrganizationId,
            rollup.InstrumentTenantId,
            rollup.InstrumentVersionId,
            rollup.Round,
            rollup.Role,
        });
}

internal sealed class IdentityProviderConfiguration : TenantEntityConfiguration<IdentityProvider>;

internal sealed class PersonLoginConfiguration : IEntityTypeConfiguration<PersonLogin>
{
    public void Configure(EntityTypeBuilder<PersonLogin> builder)
    {
        builder.HasKey(login => new { login.TenantId, login.Id });
        builder.Property(login => login.Id).ValueGeneratedNever();
        builder.HasOne<Person>().WithMany().HasForeignKey(l => new { l.TenantId, l.PersonId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(l => new { l.TenantId, l.ProviderId }).OnDelete(DeleteBehavior.Restrict);
    }
}
