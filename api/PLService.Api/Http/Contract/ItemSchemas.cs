using Microsoft.OpenApi;

namespace PLService.Api.Http.Contract;

/// <summary>Schemas of what is said of one item: of its first axis, or of each axis.</summary>
internal static class ItemSchemas
{
    /// <summary>A level code, or level codes by axis code.</summary>
    public static OpenApiSchema Rating() => new()
    {
        Description = "Code of a level on the item's first axis, or an object with a level code per axis code; null where there is no rating.",
        OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.String },
            new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null } },
        ],
    };

    /// <summary>Marks by level code, or those by axis code.</summary>
    public static OpenApiSchema Counts() => new()
    {
        Description = "Marks by level code on the item's first axis, or an object with those per axis code.",
        OneOf = [ByLevel(), new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = ByLevel() }],
    };

    /// <summary>Answers by field key; null empties one.</summary>
    public static OpenApiSchema Values() => new()
    {
        Description = "Answers by the key of their field; null empties one.",
        Type = JsonSchemaType.Object,
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
    };

    private static OpenApiSchema ByLevel() => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0" },
    };
}
