using PLService.Api.Access;

namespace PLService.Api.Commands;

/// <summary>Looks at the configuration before anything starts, so that a mistake is one clear message.</summary>
internal static class Settings
{
    /// <exception cref="SettingsException">Something is missing; the message names every variable and what it is for.</exception>
    public static void Check(IConfiguration configuration)
    {
        var missing = new List<string>();
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("PLService")))
            missing.Add("ConnectionStrings__PLService: the database, as the role plservice_app");
        if (!Uri.TryCreate(configuration["Access:Issuer"], UriKind.Absolute, out _))
            missing.Add("Access__Issuer: the public address of this service, for example https://pl.example.org");
        if (string.IsNullOrWhiteSpace(configuration["Access:SigningKeyDirectory"]))
            missing.Add("Access__SigningKeyDirectory: a directory with RSA keys as PEM files ('plservice new-key' makes one)");
        if (configuration["Access:WebAddress"] is { Length: > 0 } web && !Uri.TryCreate(web, UriKind.Absolute, out _))
            missing.Add("Access__WebAddress: the address of people's pages, for example https://pl.example.org; leave it out where it is the issuer's");
        if (missing.Count > 0)
            throw new SettingsException("The configuration is incomplete. Set in the environment:\n  " + string.Join("\n  ", missing));
    }

    /// <summary>The owner's connection string, for the steps that change the schema.</summary>
    public static string Owner(IConfiguration configuration) =>
        configuration.GetConnectionString("Owner") is { Length: > 0 } owner
            ? owner
            : throw new SettingsException("Set ConnectionStrings__Owner: the database, as the role plservice_owner.");

    /// <summary>Configuration of a step that is not the server: the environment alone.</summary>
    public static IConfiguration FromEnvironment() => new ConfigurationBuilder().AddEnvironmentVariables().Build();
}
