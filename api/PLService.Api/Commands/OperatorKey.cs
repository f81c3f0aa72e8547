using PLService.Api.Access;

namespace PLService.Api.Commands;

/// <summary>Makes a key for somebody who runs the service; see <see cref="SupportOperators"/>.</summary>
internal static class OperatorKey
{
    public static int Run()
    {
        var (key, hash) = SupportOperators.New();
        Console.WriteLine(
            $"""
             key      {key}
             setting  Support__Operators__NAME={hash}
             """);
        return 0;
    }
}
