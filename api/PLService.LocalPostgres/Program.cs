using PLService.LocalPostgres;

try
{
    return await LocalRun.RunAsync(LocalRunArguments.Parse(args));
}
catch (LocalPostgresException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
