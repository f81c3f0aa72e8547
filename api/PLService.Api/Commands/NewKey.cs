using PLService.Api.Access;

namespace PLService.Api.Commands;

/// <summary>Makes a signing key.</summary>
internal static class NewKey
{
    public static int Run()
    {
        var directory = Settings.FromEnvironment()["Access:SigningKeyDirectory"]
            ?? throw new SettingsException("Set Access__SigningKeyDirectory: where the key shall be.");
        Console.WriteLine(SigningKeys.Create(directory));
        ParticipationKey.Ensure(ParticipationKey.PathIn(directory));
        return 0;
    }
}
