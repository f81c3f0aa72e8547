using System.Linq.Expressions;
using PLService.Api.Domain.People;

namespace PLService.Api.Features.People;

/// <summary>An outside id of a person with the time in which it is valid.</summary>
/// <param name="Id">The service's id of this entry.</param>
/// <param name="System">Who gave it: <c>hr</c>, <c>state</c>, <c>sis</c>, ...</param>
/// <param name="Value">The id as text; leading zeros matter.</param>
/// <param name="ValidFrom">Its first day, when known.</param>
/// <param name="ValidTo">Its last day, once it ended; null while it is valid.</param>
public sealed record PersonIdentifierResponse(Guid Id, string System, string Value, DateOnly? ValidFrom, DateOnly? ValidTo)
{
    internal static readonly PersonIdentifierResponse Sample =
        new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000320"), "hr", "004711", new DateOnly(2019, 7, 1), null);

    internal static readonly Expression<Func<PersonIdentifier, PersonIdentifierResponse>> From = i => new PersonIdentifierResponse(i.Id, i.System, i.Value, i.ValidFrom, i.ValidTo);

    internal static readonly Func<PersonIdentifier, PersonIdentifierResponse> Of = From.Compile();
}
