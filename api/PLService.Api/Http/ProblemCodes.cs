using System.Reflection;
using PLService.Api.Domain;

namespace PLService.Api.Http;

/// <summary>What each code means and what helps; <c>/docs/problems</c> shows it.</summary>
internal static class ProblemCodes
{
    /// <param name="Code">The code.</param>
    /// <param name="Status">The status that it comes with; 400 codes also stand in <c>errors</c>.</param>
    /// <param name="Meaning">What was found.</param>
    /// <param name="Remedy">What helps.</param>
    internal sealed record Entry(string Code, int Status, string Meaning, string Remedy);

    private static readonly Entry[] OfTheKit =
    [
        new("api_client.unknown_scope", 400, "There is no such scope, or one is given twice.", "GET /v1 lists the scopes."),
        new("auth.unauthenticated", 401, "There is no access token, or it is not valid (any more).", "Get a token from POST /oauth/token and send it as 'Authorization: Bearer ...'."),
        new("auth.missing_scope", 403, "The caller lacks the scope that the operation needs.", "Ask for a client or a role with that scope; the contract names it at each operation."),
        new("auth.authors_only", 403, "The operation changes a document of the whole tenant, and the caller is no agency admin of it.", "Ask an agency admin, or use a client that reaches the whole tenant."),
        new("auth.bad_view_as", 400, "PLService-View-As names no role, or no organization after the @.", "Send a role such as facilitator, or facilitator@ with the id of an organization."),
        new("auth.view_as_admins_only", 403, "Somebody who is not an agency admin asks to view as another role.", "Leave PLService-View-As out."),
        new("auth.view_as_reads_only", 403, "A request that changes something carries PLService-View-As.", "Leave the header out to act as yourself."),
        new("auth.wrong_caller", 403, "The operation is for another kind of caller: for people where a machine calls, for a participant, or the other way round.", "The contract says for whom each operation is."),
        new("auth.not_linked", 403, "The token is good, and no person of the tenant is linked to it.", "Accept an invitation while signed in so, or ask for access."),
        new("auth.provider_unavailable", 503, "The keys of the token's identity provider are needed, and cannot be fetched.", "Wait for Retry-After seconds and send the same request again."),
        new("auth.tenant_needed", 401, "Several tenants accept tokens of this issuer for this audience.", "Send the short name of the one that you mean in the header PLService-Tenant."),
        new("auth.whole_tenant_only", 403, "The operation concerns the whole tenant, and the token reaches only a part of its organizations.", "Use a client that is not limited to an organization."),
        new("case.ambiguous", 400, "A row of a table is called like several standards.", "Give the identifier of the one that is meant."),
        new("case.broken_text", 400, "A text of a package is not UTF-8.", "Write the file in UTF-8."),
        new("case.circle", 400, "A standard is below itself.", "Take one of the isChildOf associations, or one of the parents, out."),
        new("case.duplicate", 400, "Two objects of a file have one identifier, or two rows are one standard.", "Give each an identifier of its own."),
        new("case.format", 400, "Something of a file has another form than it has to have.", "The detail says which."),
        new("case.malformed_json", 400, "The file is not JSON.", "The detail says on which line."),
        new("case.missing", 400, "Something is missing that cannot be made up.", "The detail says what."),
        new("case.number", 400, "A number cannot be kept.", "Write it as a text."),
        new("case.table", 400, "The file is no table.", "Save it as 'CSV UTF-8', with the names of the columns in the first row."),
        new("case.too_long", 400, "A code or a type is too long.", "The detail says the limit."),
        new("case.too_many", 400, "The file has more objects than a framework may have.", "Split the framework."),
        new("case.unknown", 400, "A cell names a standard that does not exist, or holds no number.", "The detail says which."),
        new("case.unknown_column", 400, "The table has a column that is not known.", "The detail lists those that are."),
        new("concurrency.bad_if_match", 400, "If-Match does not hold one strong ETag.", "Send the ETag as it was received, quotes included, or *."),
        new("concurrency.does_not_exist", 412, "If-Match was sent, and the resource does not exist.", "Leave If-Match out to create it."),
        new("concurrency.if_match_required", 428, "A change needs to say which version it is based on.", "Read the resource and send its ETag as If-Match."),
        new("concurrency.stale_version", 412, "Somebody changed the resource after you read it.", "Read it again, repeat your change on what you find, and send the new ETag."),
        new("cursor.unknown", 400, "The cursor is not one of this service.", "Take nextCursor of the page before, unchanged."),
        new("idempotency.bad_key", 400, "The Idempotency-Key is too long.", "Use at most 255 characters, a UUID for example."),
        new("idempotency.key_reused", 422, "The Idempotency-Key was used for another request.", "Use a new key for each new request."),
        new("idempotency.not_repeatable", 400, "The answer holds a secret that is never stored, so it cannot be repeated.", "Send the request without an Idempotency-Key."),
        new("idempotency.still_running", 409, "The first request with this key has not ended.", "Wait for Retry-After seconds and send the same request again."),
        new("join_code.not_found", 404, "No assessment can be joined with this code or link: it is mistyped, was changed or has ended.", "Look at the code again, or ask who gave it to you."),
        new("join_code.too_many_guesses", 429, "Too many wrong join codes were tried, from this address or altogether.", "Wait for Retry-After seconds, or open the link or QR code, which never waits."),
        new("organization.bad_identifier_system", 400, "The system of an outside id is not a short lower-case word.", "Use nces, state, sis or a word like these."),
        new("organization.bad_parent_reference", 400, "A parent is named in two ways, or in none.", "Give its id alone, or system and value of an outside id."),
        new("organization.bad_reference", 400, "An organization is named in two ways, or in none.", "Give its id alone, or system and value of an outside id."),
        new("organization.unknown_time_zone", 400, "There is no such IANA time zone.", "Use a name such as America/Los_Angeles."),
        new("identity_provider.bad_issuer", 400, "The issuer is no https address, or has a query, a fragment or a user name.", "Copy it from the provider's metadata, character by character."),
        new("identity_provider.check_busy", 503, "As many providers as the service looks at at once are being checked.", "Wait for Retry-After seconds and send the request again."),
        new("identity_provider.create_needs_link", 400, "People are to be made by their address, and addresses are not to link people.", "Set linkByEmail too."),
        new("identity_provider.domains_needed", 400, "Addresses are to link people, and no domain is named.", "Name the domains that the provider can vouch for in emailDomains."),
        new("import.busy", 503, "As many files as the service takes at once are being uploaded.", "Wait for Retry-After seconds and send the file again."),
        new("person.bad_email", 400, "The text is not an e-mail address.", "Give one such as ada.moreno@example.org: no name before it, no blanks, letters in composed form."),
        new("person.bad_identifier_system", 400, "The system of an outside id is not a short lower-case word.", "Use hr, state, sis or a word like these."),
        new("person.bad_language", 400, "The text is not a language tag of BCP 47.", "Use one such as en, es or zh-Hant."),
        new("person.bad_organization_reference", 400, "An organization is named in two ways, or in none.", "Give its id alone, or system and value of an outside id."),
        new("person.unknown_time_zone", 400, "There is no such IANA time zone.", "Use a name such as America/Los_Angeles."),
        new("query.bad_value", 400, "A query parameter has a value of another kind.", "The detail says what it takes."),
        new("query.repeated", 400, "A query parameter is given more than once.", "Give it once."),
        new("query.unknown_parameter", 400, "The operation has no such query parameter.", "The detail lists those that it has; mind the spelling."),
        new("rate.limited", 429, "This client makes more requests than it may.", "Wait for Retry-After seconds; import in bulk instead of row by row."),
        new("request.bad_parameter", 400, "A parameter cannot be read.", "The detail names it."),
        new("request.headers_too_large", 431, "The headers are larger than 16 KiB altogether.", "Send fewer or shorter headers; mind old cookies."),
        new("request.invalid", 400, "The request has faults.", "Each stands in errors with its place and code."),
        new("request.invalid_characters", 400, "A text holds a NUL character, which cannot be stored.", "Remove it."),
        new("request.malformed_json", 400, "The body is not JSON, or has a member that is missing, unknown or of another type.", "errors says where; the contract shows the schema."),
        new("request.method_not_allowed", 405, "The address does not take this method.", "The Allow header lists those that it takes."),
        new("request.no_such_address", 404, "There is nothing at this address.", "GET /v1 lists what there is."),
        new("request.not_acceptable", 406, "None of the media types in Accept can be produced.", "Ask for application/json."),
        new("request.refused", 400, "The request was refused before it reached an operation.", "Compare it with the contract."),
        new("request.too_large", 413, "The body is larger than the operation takes.", "Bodies may have 4 MiB; POST /v1/imports takes files."),
        new("request.too_slow", 408, "The body came too slowly.", "Send it again over a steadier connection."),
        new("request.unsupported_media_type", 415, "The operation does not take this media type.", "The contract lists those that it takes."),
        new("server.database_unavailable", 503, "The service cannot reach its database. Nothing was changed.", "Wait for Retry-After seconds and send the same request again."),
        new("server.unexpected", 500, "Something unexpected happened and was logged.", "Quote the traceId when you report it."),
        new("support.unknown_operator", 401, "There is no such operator, or the key is wrong.", "'plservice operator-key' makes a key; its hash is a setting of the service."),
        new("sign_in.origin_refused", 403, "A page that the service does not know asks for a session that is kept in a cookie.", "Add the page's origin to Access__AllowedOrigins."),
        new("tally.more_marks_than_participants", 400, "An item has more marks than the participants can have given.", "Correct the counts or the number of participants."),
        new("toolkit.authors_only", 403, "Toolkits are the whole tenant's, and the caller is no agency admin of it.", "Ask an agency admin, or use a client that reaches the whole tenant."),
        new("value.duplicate", 400, "A list has something twice.", "Give it once."),
        new("value.invalid", 400, "A value does not fit.", "The detail says what would."),
        new("value.length", 400, "A text is too short or too long.", "The detail says the limits."),
        new("value.out_of_range", 400, "A number or date lies outside its range.", "The detail says the range."),
        new("value.pattern", 400, "A text does not have the form that is expected.", "The detail says the form."),
        new("value.required", 400, "A value is missing or empty.", "Give it."),
        new("value.too_long", 400, "A text is too long.", "The detail says the limit."),
        new("value.too_many", 400, "A list has too many members.", "The detail says the limit."),
        new("value.too_short", 400, "A text is too short.", "The detail says the limit."),
        new("worksheet.fields_changed", 412, "Somebody else changed the same fields after you read them; nothing of yours was stored.", "Each field stands in clashes with both texts: decide, and send it again with the new ETag."),
        new("worksheet.not_an_image", 400, "The body is no PNG, JPEG, GIF or WebP image, whatever its header says.", "Send such an image; SVG is not taken."),
        new("worksheet.unknown_field", 400, "The tool has no such field.", "GET the worksheet to see its fields."),
        new("value.unknown", 400, "A value is none of those that are allowed.", "The contract lists them."),
    ];

    /// <summary>Every code of the kit and of the domain, by name.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        .. OfTheKit
            .Concat(OfTheDomain("Errors", 409, "Bring the resource into the state that the operation needs, or choose another."))
            .Concat(OfTheDomain("Refusals", 401, "Sign in again."))
            .Concat(OfTheDomain("Faults", 400, "Choose another value."))
            .OrderBy(entry => entry.Code, StringComparer.Ordinal),
    ];

    private static IEnumerable<Entry> OfTheDomain(string kind, int status, string remedy) => typeof(DomainError).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith(kind, StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => field.GetValue(null))
        .OfType<DomainError>()
        .Select(error => new Entry(error.Code, status, error.Message, remedy));
}
