using System.CommandLine;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls outbox</c>: what the service writes to people, and whether it arrived.</summary>
internal static class OutboxCommands
{
    private static readonly Argument<Guid> Id = new("id") { Description = "The mail's id." };
    private static readonly Option<MailKind?> Kind = Words.Option<MailKind>("--kind", "Only of this kind.");
    private static readonly Option<MailStatus?> Status = Words.Option<MailStatus>("--status", "Only with this status.");
    private static readonly Option<string?> To = new("--to") { Description = "Only to this address.", HelpName = "address" };
    private static readonly Option<bool> Html = new("--html") { Description = "The body as HTML, and nothing else." };

    private static readonly Option<int> Most = new("--most")
    {
        Description = "How many to show at most.",
        HelpName = "number",
        DefaultValueFactory = _ => 50,
    };

    public static Command Build() =>
        new Command("outbox", "Look at the mail of the service: list, show, resend.")
        {
            List(),
            Show(),
            Resend(),
        }
        .WithNotes("A service without a mail server sends nothing: its mail has the status shown, and its links are here.");

    private static Command List() =>
        new Command("list", "List mail, newest first.") { Kind, Status, To, Most }
        .WithExamples("pls outbox list", "pls outbox list --status bounced", "pls outbox list --to ana@example.org")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var most = parsed.GetValue(Most);
            var found = await session.Client.ListAllMailsAsync(
                    kind: parsed.GetValue(Kind), status: parsed.GetValue(Status), address: parsed.GetValue(To), limit: Math.Clamp(most, 1, 500), cancellationToken: ct)
                .Take(most).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "kind", "status", "queued", "to", "subject", "error");
                foreach (var one in found)
                {
                    table.AddRow(
                        one.Id.ToString(), Words.Of(one.Kind), Words.Of(one.Status), Words.Of(one.QueuedAt), Markup.Escape(one.RecipientAddress),
                        Markup.Escape(one.Subject), Markup.Escape(one.ErrorCode ?? ""));
                }

                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show one mail and what it says.") { Id, Html }
        .WithExamples("pls outbox show 0198c1de-0000-7000-8000-000000000000", "pls outbox show 0198c1de-0000-7000-8000-000000000000 --html > mail.html")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.GetMailAsync(session.Parsed.GetValue(Id), ct);
            if (session.Parsed.GetValue(Html) && !session.Screen.IsJson)
            {
                await Console.Out.WriteAsync(one.HtmlBody ?? throw new UserErrorException(Gone));
                return ExitCodes.Done;
            }

            session.Screen.Show(one, output =>
            {
                output.Write(Screen.Facts(
                    ("id", one.Id.ToString()),
                    ("kind", Words.Of(one.Mail.Kind)),
                    ("status", Words.Of(one.Mail.Status)),
                    ("to", one.Mail.RecipientName is { } name ? $"{name} <{one.Mail.RecipientAddress}>" : one.Mail.RecipientAddress),
                    ("subject", one.Mail.Subject),
                    ("queued", Words.Of(one.Mail.QueuedAt)),
                    ("sent", one.Mail.SentAt is { } sent ? Words.Of(sent) : null),
                    ("attempts", one.Mail.Attempts == 0 ? null : $"{one.Mail.Attempts}"),
                    ("next attempt", one.Mail.NextAttemptAt is { } next ? Words.Of(next) : null),
                    ("error", one.Mail.ErrorCode is null ? null : $"{one.Mail.ErrorDetail} ({one.Mail.ErrorCode})")));
                output.WriteLine();
                output.WriteLine(one.TextBody ?? Gone);
            });
            return ExitCodes.Done;
        });

    private static Command Resend() =>
        new Command("resend", "Send a mail again that failed or bounced.") { Id }
        .WithExamples("pls outbox resend 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var id = session.Parsed.GetValue(Id);
            var one = await session.Client.GetMailAsync(id, ct);
            var queued = await session.Client.ResendMailAsync(id, ifMatch: EntityTag.Of(one.Version), cancellationToken: ct);
            session.Screen.Show(queued, _ => session.Screen.Say($"Queued again, to {queued.RecipientAddress}."));
            return ExitCodes.Done;
        });

    private const string Gone = "What it said is not kept any more.";
}
