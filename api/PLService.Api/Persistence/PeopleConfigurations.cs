using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;

namespace PLService.Api.Persistence;

internal sealed class PersonConfiguration : TenantEntityConfiguration<Person>
{
    protected override void ConfigureRest(EntityTypeBuilder<Person> builder)
    {
        builder.Property(p => p.EmailKey).HasComputedColumnSql("lower(email)", stored: true);
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => new { p.TenantId, p.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PersonIdentifierConfiguration : IEntityTypeConfiguration<PersonIdentifier>
{
    public void Configure(EntityTypeBuilder<PersonIdentifier> builder)
    {
        builder.HasKey(identifier => new { identifier.TenantId, identifier.Id });
        builder.Property(identifier => identifier.Id).ValueGeneratedNever();
        builder.HasOne<Person>().WithMany().HasForeignKey(i => new { i.TenantId, i.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SupportGrantConfiguration : TenantEntityConfiguration<SupportGrant>
{
    protected override void ConfigureRest(EntityTypeBuilder<SupportGrant> builder) =>
        builder.HasOne<Organization>().WithMany().HasForeignKey(g => new { g.TenantId, g.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
}

internal sealed class MembershipConfiguration : TenantEntityConfiguration<Membership>
{
    protected override void ConfigureRest(EntityTypeBuilder<Membership> builder)
    {
        builder.HasOne<Person>().WithMany().HasForeignKey(m => new { m.TenantId, m.PersonId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(m => new { m.TenantId, m.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InvitationConfiguration : TenantEntityConfiguration<Invitation>
{
    protected override void ConfigureRest(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasOne<Person>().WithMany().HasForeignKey(i => new { i.TenantId, i.PersonId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(i => new { i.TenantId, i.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccessRequestConfiguration : TenantEntityConfiguration<AccessRequest>
{
    protected override void ConfigureRest(EntityTypeBuilder<AccessRequest> builder)
    {
        builder.HasOne<Person>().WithMany().HasForeignKey(r => new { r.TenantId, r.PersonId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(r => new { r.TenantId, r.ProviderId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(r => new { r.TenantId, r.OrganizationId }).OnDelete(DeleteBehavior.Restrict);
    }
}
