namespace PLService.Cli;

/// <summary>What scripts branch on.</summary>
internal static class ExitCodes
{
    /// <summary>Done; of an import: every row is in.</summary>
    public const int Done = 0;

    /// <summary>Failed; of an import: no row is in.</summary>
    public const int Failed = 1;

    /// <summary>Of an import: some rows are in, others were refused.</summary>
    public const int Partly = 2;

    /// <summary>The command line is not understood (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>Ended by Ctrl-C, as shells say it.</summary>
    public const int Interrupted = 130;
}
