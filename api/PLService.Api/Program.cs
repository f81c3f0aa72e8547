using Npgsql;
using PLService.Api.Access;
using PLService.Api.Commands;

// One executable: 'plservice' serves; the other words are the steps around it.
try
{
    return args switch
    {
        [] or ["serve", ..] => await Serve.RunAsync(args),
        ["migrate", ..] => await Migrate.RunAsync(),
        ["bootstrap", ..] => await Bootstrap.RunAsync(args[1..]),
        ["new-key", ..] => NewKey.Run(),
        ["operator-key", ..] => OperatorKey.Run(),
        ["local", ..] => await Local.RunAsync(args),
        _ => Usage.Show(),
    };
}
catch (Exception failure) when (failure is SettingsException or NpgsqlException)
{
    // Whoever sets it up needs the reason, not where in the code it was noticed.
    await Console.Error.WriteLineAsync(failure is NpgsqlException ? $"The database refuses or is away: {failure.Message}" : failure.Message);
    return 1;
}
