using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Steps;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>
/// Holds the check-in of a mark: closes its column, keeps the chart as it stands, and carries what is not finished over to the next column (due on
/// its last day; from the last column, 30 days later), unless it is said of a step that it was done, is given up, or has another due day. Marks
/// are closed in their order, each once, and not before their day unless early is sent with a reason.
/// </summary>
internal static class CreateCheckIn
{
    /// <summary>A check-in.</summary>
    internal sealed record Request : CheckInContent
    {
        internal static readonly Request Sample = new()
        {
            Mark = 30,
            Done = CheckInResponse.SampleContent.Done,
            Benefits = CheckInResponse.SampleContent.Benefits,
            Frustrations = CheckInResponse.SampleContent.Frustrations,
            Steps = [new(PlanStepResponse.Sample.Id, StepFate.CarriedOver, new(2026, 10, 31))],
        };

        /// <summary>The mark: days after the first day of the plan's period. It is the chart's nextMark.</summary>
        public required int Mark { get; init; }

        /// <summary>Decisions about unfinished steps that are due by the mark, each once; all others are carried over. 1,000 at most.</summary>
        public IReadOnlyList<StepDecision> Steps { get; init; } = [];

        /// <summary>True to hold it before the mark's day.</summary>
        public bool Early { get; init; }

        /// <summary>Why it is held early, 2,000 characters at most.</summary>
        public string? EarlyReason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            Include(new CheckInContentValidator());
            RuleFor(request => request.Mark).GreaterThan(0);
            RuleFor(request => request.EarlyReason).NotEmpty().When(request => request.Early).MaximumLength(2_000);
            RuleFor(request => request.EarlyReason).Null().When(request => !request.Early).WithErrorCode("value.invalid").WithMessage("A reason goes with early.");
            RuleFor(request => request.Steps).Must(steps => steps.Count <= PlanDesk.MaxPartsOfKind)
                .WithErrorCode("value.too_many").WithMessage($"At most {PlanDesk.MaxPartsOfKind} steps.")
                .Must(steps => steps.DistinctBy(step => step?.StepId).Count() == steps.Count).WithErrorCode("value.duplicate").WithMessage("A step stands twice.");
            RuleForEach(request => request.Steps).NotNull().ChildRules(step =>
            {
                step.RuleFor(decision => decision.Fate).IsInEnum();
                step.RuleFor(decision => decision.DueOn).Null().When(decision => decision.Fate is not StepFate.CarriedOver)
                    .WithErrorCode("value.invalid").WithMessage("Only a step that is carried over has another due day.");
                step.RuleFor(decision => decision.DoneOn).Null().When(decision => decision.Fate is not StepFate.Done)
                    .WithErrorCode("value.invalid").WithMessage("Only a step that is done was done on a day.");
            });
        }
    }

    public static void Map(RouteGroupBuilder checkIns) =>
        checkIns.MapPost("/", Handle)
            .UseCase(nameof(CreateCheckIn), "Hold a check-in and close its column")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PlanErrors.OwnPartsOnly, CheckInErrors.PlanNotActive, CheckInErrors.UnknownMark, CheckInErrors.Held, CheckInErrors.OutOfOrder, CheckInErrors.TooEarly,
                CheckInErrors.StepNotOpen, CheckInErrors.DueInClosedColumn)
            .Example(Request.Sample, CheckInResponse.Sample);

    private static async Task<Results<Created<CheckInResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Request request, CheckInDesk desk, CancellationToken ct)
    {
        var (checkIn, refused) = await desk.HoldAsync(id, request, ct);
        return checkIn is null ? refused! : TypedResults.Created($"/v1/plans/{id}/check-ins/{checkIn.Id}", await desk.ResponseAsync(checkIn, ct));
    }
}
