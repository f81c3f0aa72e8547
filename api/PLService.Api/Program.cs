using PLService.Api.Commands;

// One executable: 'plservice' serves; the other words are the steps around it.
return args switch
{
    [] or ["serve", ..] => await Serve.RunAsync(args),
    ["migrate", ..] => await Migrate.RunAsync(),
    ["bootstrap", ..] => await Bootstrap.RunAsync(args[1..]),
    ["new-key", ..] => NewKey.Run(),
    ["local", ..] => await Local.RunAsync(args),
    _ => Usage.Show(),
};
