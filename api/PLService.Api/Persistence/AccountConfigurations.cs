using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;

namespace PLService.Api.Persistence;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasKey(account => new { account.TenantId, account.PersonId });
        builder.HasOne<Person>().WithMany().HasForeignKey(a => new { a.TenantId, a.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountTicketConfiguration : IEntityTypeConfiguration<AccountTicket>
{
    public void Configure(EntityTypeBuilder<AccountTicket> builder)
    {
        builder.HasKey(ticket => new { ticket.TenantId, ticket.Id });
        builder.Property(ticket => ticket.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(t => new { t.TenantId, t.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.HasKey(code => new { code.TenantId, code.Id });
        builder.Property(code => code.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(c => new { c.TenantId, c.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.HasKey(passkey => new { passkey.TenantId, passkey.Id });
        builder.Property(passkey => passkey.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(p => new { p.TenantId, p.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PersonSessionConfiguration : IEntityTypeConfiguration<PersonSession>
{
    public void Configure(EntityTypeBuilder<PersonSession> builder)
    {
        builder.HasKey(session => new { session.TenantId, session.Id });
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.HasOne<Person>().WithMany().HasForeignKey(s => new { s.TenantId, s.PersonId }).OnDelete(DeleteBehavior.Cascade);
    }
}
