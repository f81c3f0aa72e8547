namespace PLService.Api.Domain.Access;

public static class ApiClientErrors
{
    public static readonly DomainError AlreadyRevoked = new("api_client.already_revoked", "The client is revoked already.");
    public static readonly DomainError Revoked = new("api_client.revoked", "A revoked client cannot be changed and gets no further secrets; create a new client.");
    public static readonly DomainError SecretAlreadyRevoked = new("api_client.secret_already_revoked", "The secret is revoked already.");
    public static readonly DomainError TooManySecrets =
        new("api_client.too_many_secrets", $"{ApiClient.MaxLiveSecrets} secrets are live; revoke one of them first.");
    public static readonly DomainError BeyondYourReach =
        new("api_client.beyond_your_reach", "A client can only be given scopes and organizations that you have yourself.");
}
