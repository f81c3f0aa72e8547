namespace PLService.Api.Domain.Toolkits;

/// <summary>The answers of one tool of a run: the team's, or those of one person.</summary>
public sealed class Worksheet : TenantEntity
{
    /// <summary>Characters of one answer.</summary>
    public const int TextMaxLength = 20_000;

    private Worksheet()
    {
    }

    public Guid RunId { get; private init; }
    public string ToolCode { get; private init; } = "";

    /// <summary>Whose answers they are; null is the team.</summary>
    public Guid? PersonId { get; private init; }

    /// <summary>Since when the team sees what one person answered; null where it does not.</summary>
    public DateTimeOffset? SharedAt { get; private set; }

    public static Worksheet Create(Guid id, Guid runId, string toolCode, Guid? personId) => new() { Id = id, RunId = runId, ToolCode = toolCode, PersonId = personId };

    public DomainError? Share(DateTimeOffset now)
    {
        if (SharedAt is not null)
            return WorksheetErrors.AlreadyShared;

        SharedAt = now;
        return null;
    }

    public DomainError? Unshare()
    {
        if (SharedAt is null)
            return WorksheetErrors.NotShared;

        SharedAt = null;
        return null;
    }
}

/// <summary>A field of a worksheet as it is now.</summary>
public sealed class WorksheetValue : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid WorksheetId { get; init; }

    /// <summary>The field's key: <c>keyIdeas/LCO</c>.</summary>
    public string Field { get; init; } = "";

    /// <summary>Stays the same whatever becomes of the answer.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The answer; null when it was emptied.</summary>
    public string? Text { get; private set; }

    /// <summary>The worksheet's version since which it says this.</summary>
    public long Version { get; private set; }

    public Guid? StandardId { get; init; }
    public string? StandardCode { get; init; }
    public string? StandardLabel { get; init; }
    public Guid? PersonId { get; private set; }
    public Guid? ApiClientId { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>JSON list of whose answers went into it, and when.</summary>
    public string GatheredFrom { get; private set; } = "[]";

    /// <summary>Takes over what a change says.</summary>
    public void Become(WorksheetChange change) =>
        (Text, Version, PersonId, ApiClientId, At, GatheredFrom) = (change.Text, change.Version, change.PersonId, change.ApiClientId, change.At, change.GatheredFrom);
}

/// <summary>What a field said from one version of the worksheet on. Rows are only ever added.</summary>
public sealed class WorksheetChange : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid WorksheetId { get; init; }
    public long Version { get; init; }
    public string Field { get; init; } = "";
    public string? Text { get; init; }
    public Guid? PersonId { get; init; }
    public Guid? ApiClientId { get; init; }
    public DateTimeOffset At { get; init; }
    public string GatheredFrom { get; init; } = "[]";
}

/// <summary>An image that answers a field.</summary>
public sealed class WorksheetImage : ITenantOwned
{
    public const int MaxBytes = 2 * 1024 * 1024;
    public const int AlternativeTextMaxLength = 500;

    public Guid TenantId { get; private init; }
    public Guid WorksheetId { get; init; }
    public string Field { get; init; } = "";
    public string MediaType { get; set; } = "";
    public byte[] Bytes { get; set; } = [];
    public byte[] Sha256 { get; set; } = [];

    /// <summary>What it shows, for who cannot see it.</summary>
    public string AlternativeText { get; set; } = "";

    public Guid? PersonId { get; set; }
    public Guid? ApiClientId { get; set; }
    public DateTimeOffset At { get; set; }
}

public static class WorksheetErrors
{
    public static readonly DomainError AlreadyShared = new("worksheet.already_shared", "The team sees these answers already.");
    public static readonly DomainError NotShared = new("worksheet.not_shared", "The team does not see these answers.");
    public static readonly DomainError Empty = new("worksheet.empty", "There is nothing to share yet: answer something first.");
    public static readonly DomainError TooLongToGather =
        new("worksheet.too_long_to_gather", "Together the answers are longer than one field may be; choose fewer people or fields, or shorten the team's answer.");
    public static readonly DomainError NoImage = new("worksheet.no_image", "This field is answered in words; it takes no image.");
    public static readonly DomainError UnknownPeople = new("worksheet.unknown_people", "Some of the people are not members of the team.");
}
