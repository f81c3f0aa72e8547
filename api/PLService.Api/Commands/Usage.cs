namespace PLService.Api.Commands;

internal static class Usage
{
    public static int Show()
    {
        Console.Error.WriteLine(
            """
            plservice serve                      serve the API (what you get without a word)
            plservice migrate                    bring the database and the catalog up to date, as the owner role
            plservice bootstrap --tenant SLUG --name NAME [--client NAME]
                                                 make a tenant with a first API client; prints its id and secret once
            plservice new-key                    make a signing key in Access__SigningKeyDirectory
            plservice operator-key               make a key for somebody who runs the service, to look into tenants that grant it
            plservice local                      migrate, make a demo tenant, serve: what 'make run' does
            """);
        return 64;
    }
}
