using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace PLService.Api.Http;

/// <summary>Stands in the contract for a CFPackage, which 1EdTech's JSON Schema describes and not ours.</summary>
internal sealed class CasePackageDocument
{
    /// <summary>A small package: the example that the contract shows.</summary>
    public static JsonNode Sample => JsonNode.Parse(
        """
        {
          "CFDocument": {
            "identifier": "6a1f0c52-7d0e-4f0b-9a55-0d1c2e3f4a5b",
            "uri": "https://standards.example.org/ims/case/v1p1/CFDocuments/6a1f0c52-7d0e-4f0b-9a55-0d1c2e3f4a5b",
            "creator": "Example State Department of Education",
            "title": "Example State Standards for Professional Learning",
            "lastChangeDateTime": "2026-09-01T15:00:00Z",
            "caseVersion": "1.1"
          },
          "CFItems": [
            {
              "identifier": "0b7e1d93-2c4f-4a68-8f31-5d6e7f809a1b",
              "uri": "https://standards.example.org/ims/case/v1p1/CFItems/0b7e1d93-2c4f-4a68-8f31-5d6e7f809a1b",
              "fullStatement": "Professional learning is planned from evidence of what students need.",
              "humanCodingScheme": "EV",
              "lastChangeDateTime": "2026-09-01T15:00:00Z"
            }
          ]
        }
        """)!;

    /// <summary>How the contract shows it.</summary>
    public static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = true,
        AdditionalProperties = new OpenApiSchema(),
        Description = "A CFPackage of 1EdTech CASE 1.1 with CFDocument, CFItems, CFAssociations, CFDefinitions, CFRubrics and extensions, as the specification's JSON Schema describes them.",
    };
}
