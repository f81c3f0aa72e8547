using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Features.Accounts;

/// <summary>Asks authenticators and checks what they answer, with ASP.NET Core Identity; what was asked is kept until the answer comes.</summary>
internal sealed class PasskeyDesk(IPasskeyHandler<Account> handler, Tickets tickets, IHttpContextAccessor http)
{
    /// <summary>What to ask whoever comes to sign in.</summary>
    public async Task<PasskeyOptions> AskToSignInAsync(CancellationToken ct)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http.HttpContext!);
        return await KeepAsync(TicketKind.PasskeySignIn, null, asked.AssertionState, asked.RequestOptionsJson, ct);
    }

    /// <summary>What to ask for a new passkey of a person.</summary>
    public async Task<PasskeyOptions> AskToRegisterAsync(Guid personId, string email, string name, CancellationToken ct)
    {
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = personId.ToString(), Name = email, DisplayName = name }, http.HttpContext!);
        return await KeepAsync(TicketKind.PasskeyRegistration, personId, asked.AttestationState, asked.CreationOptionsJson, ct);
    }

    /// <summary>Whose passkey signed what was asked, with what it now says of itself; null when it is none.</summary>
    public async Task<(Account Account, UserPasskeyInfo Passkey)?> CheckAssertionAsync(AccountTicket asked, JsonElement credential)
    {
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = http.HttpContext!,
            CredentialJson = credential.GetRawText(),
            AssertionState = asked.Data,
        });
        return result.Succeeded ? (result.User, result.Passkey) : null;
    }

    /// <summary>The new passkey; null when it is none.</summary>
    public async Task<UserPasskeyInfo?> CheckAttestationAsync(AccountTicket asked, JsonElement credential)
    {
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = http.HttpContext!,
            CredentialJson = credential.GetRawText(),
            AttestationState = asked.Data,
        });
        return result.Succeeded ? result.Passkey : null;
    }

    private async Task<PasskeyOptions> KeepAsync(TicketKind kind, Guid? personId, string? state, string options, CancellationToken ct)
    {
        var (text, _) = await tickets.IssueAsync(kind, personId, state, ct);
        return new(text, JsonSerializer.Deserialize<JsonElement>(options));
    }
}
