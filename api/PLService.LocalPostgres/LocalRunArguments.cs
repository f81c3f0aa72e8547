namespace PLService.LocalPostgres;

/// <summary>What stands on the command line.</summary>
internal sealed record LocalRunArguments(string Data, string Database, IReadOnlyList<string> Command)
{
    public const string Usage = "usage: plservice-local [--data DIR] [--database NAME] [-- COMMAND ARGUMENT...]";

    public static LocalRunArguments Parse(IReadOnlyList<string> args)
    {
        var (data, database) = (Path.Combine(".local", "postgres"), "plservice");
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--data" when i + 1 < args.Count:
                    data = args[++i];
                    break;
                case "--database" when i + 1 < args.Count:
                    database = args[++i];
                    break;
                case "--":
                    return new LocalRunArguments(data, database, [.. args.Skip(i + 1)]);
                default:
                    throw new LocalPostgresException($"'{args[i]}' is not understood here.\n{Usage}");
            }
        }
        return new LocalRunArguments(data, database, []);
    }
}
