using System.Text.RegularExpressions;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>How the rows of every kind of file name a person.</summary>
internal static partial class PersonNaming
{
    /// <summary>The id that the row gives; null when it gives none.</summary>
    public static PersonReference? IdOf(RecordSource source, List<RecordFault> faults)
    {
        if (ScopeTable.Reference(source, Field.Person, Field.PersonIdSystem, null, faults) is not { } named)
            return null;
        if (named.Id is null && (named.Value!.Length > PersonIdentifier.ValueMaxLength || !SystemPattern().IsMatch(named.System!)))
        {
            faults.Add(new(
                ImportCodes.BadId, $"An id has a system such as hr, of lower-case letters, digits and hyphens, and a value of at most {PersonIdentifier.ValueMaxLength} characters.",
                source.Columns.NameOf(Field.Person), ImportIssue.Cut(named.ToString())));
        }

        return new(named.System, named.Value, named.Id);
    }

    /// <summary>The address that the row gives; null when it gives none.</summary>
    public static string? EmailOf(RecordSource source, List<RecordFault> faults)
    {
        var email = ScopeTable.Text(source, Field.Email);
        if (email is not null && !EmailAddress.IsValid(email))
            faults.Add(new("person.bad_email", "This is not an e-mail address such as ada.moreno@example.org.", source.Columns.NameOf(Field.Email), ImportIssue.Cut(email)));
        return email;
    }

    /// <summary>Tells when a row without other faults says nobody.</summary>
    public static void RequireOne(INamesPerson row, RecordSource source, List<RecordFault> faults)
    {
        if (row.Person is null && row.Email is null && faults.Count == 0)
        {
            faults.Add(new(
                ImportCodes.MissingValue, "The row does not say who it is. Fill in the person's id or e-mail address.",
                source.Columns.NameOf(source.Columns[Field.Person] >= 0 ? Field.Person : Field.Email)));
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex SystemPattern();
}
