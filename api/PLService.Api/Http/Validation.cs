using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.Metadata;

namespace PLService.Api.Http;

internal static class Validation
{
    /// <summary>Runs the slice's validator before its handler; a failure answers 400 with every broken rule.</summary>
    public static RouteHandlerBuilder Validate<TRequest>(this RouteHandlerBuilder endpoint) =>
        endpoint
            .AddEndpointFilter(async (context, next) =>
            {
                var request = context.Arguments.OfType<TRequest>().Single();
                var validator = context.HttpContext.RequestServices.GetRequiredService<IValidator<TRequest>>();
                var result = await validator.ValidateAsync(request, context.HttpContext.RequestAborted);
                if (result.IsValid)
                    return await next(context);
                // What is not the request's body is made of query parameters.
                var inQuery = context.HttpContext.GetEndpoint()!.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType != typeof(TRequest);
                return Problems.Invalid(ToFaults(result, inQuery));
            })
            .WithMetadata(new ValidatedBy(typeof(TRequest)));

    /// <summary>Every validator of the assembly, found where its slice is.</summary>
    public static IServiceCollection AddValidators(this IServiceCollection services)
    {
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(Validation).Assembly, includeInternalTypes: true))
            services.AddSingleton(found.InterfaceType, found.ValidatorType);
        return services;
    }

    /// <summary>Each broken rule with its place: in the body, or in the query string.</summary>
    public static IReadOnlyList<ApiFault> ToFaults(ValidationResult result, bool inQuery = false) =>
        [.. result.Errors.Select(e =>
        {
            var pointer = JsonPointers.OfProperty(e.PropertyName);
            return new ApiFault(inQuery ? "?" + pointer.TrimStart('/') : pointer, CodeOf(e.ErrorCode), e.ErrorMessage);
        })];

    // A slice's own code (WithErrorCode) passes as it is; FluentValidation's names become ours.
    private static string CodeOf(string errorCode) => errorCode switch
    {
        "NotEmptyValidator" or "NotNullValidator" => "value.required",
        "MaximumLengthValidator" => "value.too_long",
        "MinimumLengthValidator" => "value.too_short",
        "LengthValidator" => "value.length",
        "RegularExpressionValidator" => "value.pattern",
        "InclusiveBetweenValidator" or "ExclusiveBetweenValidator" or "GreaterThanOrEqualValidator" or "GreaterThanValidator"
            or "LessThanOrEqualValidator" or "LessThanValidator" => "value.out_of_range",
        "EnumValidator" => "value.unknown",
        _ when errorCode.EndsWith("Validator", StringComparison.Ordinal) => "value.invalid",
        _ => errorCode,
    };
}

/// <summary>Says which request type the endpoint validates; architecture tests and the contract read it.</summary>
internal sealed record ValidatedBy(Type RequestType);
