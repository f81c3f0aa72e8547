using PLService.Bench;
using PLService.Bench.Bare;

try
{
    return args switch
    {
        ["bare", "--urls", var urls, "--database", var database] => await BareServer.RunAsync(urls, database),
        ["run", .. var rest] => await Session.RunAsync(Options.Parse(rest)),
        ["help" or "--help", ..] => Help(),
        _ => await Session.RunAsync(Options.Parse(args)),
    };
}
catch (BenchException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}

static int Help()
{
    Console.WriteLine(Options.Usage);
    return 0;
}
