namespace PLService.Api.Features.Imports.Loading;

/// <summary>The stable codes of what only the database can tell about a file.</summary>
internal static class ImportLoadCodes
{
    public const string UnknownOrganization = "import.unknown_organization";
    public const string UnknownPerson = "import.unknown_person";
    public const string DuplicatePerson = "import.duplicate_person";
    public const string DuplicateEmail = "import.duplicate_email";
    public const string DuplicateMembership = "import.duplicate_membership";
    public const string MembershipEnded = "import.membership_ended";
    public const string TooManyDeactivated = "import.too_many_deactivated";
    public const string SenderLostAccess = "import.sender_lost_access";
    public const string UnknownAssessment = "import.unknown_assessment";
    public const string AmbiguousAssessment = "import.ambiguous_assessment";
    public const string ClosedAssessment = "import.closed_assessment";
    public const string OtherInstrument = "import.other_instrument";
    public const string UnknownInstrument = "import.unknown_instrument";
    public const string UnknownItem = "import.unknown_item";
    public const string UnknownLevel = "import.unknown_level";
    public const string UnknownRole = "import.unknown_role";
    public const string NotOfRowType = "import.not_of_row_type";
    public const string UnknownWord = "import.unknown_word";
    public const string NoComment = "import.no_comment";
    public const string TalliesOnly = "import.tallies_only";
    public const string WarningsNotAccepted = "import.warnings_not_accepted";
    public const string Refused = "import.rows_rejected";

    /// <summary>What all codes of atypical values begin with.</summary>
    public const string AtypicalPrefix = "import.atypical_";
    public const string AtypicalIdentical = "import.atypical_identical";
    public const string AtypicalChange = "import.atypical_change";
}
