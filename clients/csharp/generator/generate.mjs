// Writes Generated/PLServiceClient.cs (NSwag) and Generated/PLServiceLists.cs (an IAsyncEnumerable for every list) from openapi/v1.json.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, "..", "Generated");
const clientFile = join(generated, "PLServiceClient.cs");

// Values whose shape tells what they are, by the word of the contract's description; NSwag would keep the first shape alone.
const handWritten = { "The rating of one item": "ItemRating", "How many marks": "ItemCounts" };
const orNull = "OrNull";
const notGenerated = Object.values(handWritten).flatMap((name) => [name, name + orNull]);

const contract = JSON.parse(readFileSync(join(here, "..", "..", "..", "openapi", "v1.json"), "utf8"));
simplify(contract);
runNSwag(contract);
addKeys(clientFile);
edit(clientFile, (text) => Object.values(handWritten).reduce((changed, name) => changed.replaceAll(name + orNull, `${name}?`), text));
// A note of NSwag's to itself: PLServiceClient.cs reads lists of enums.
edit(clientFile, (text) => text.replaceAll(/^ *\/\/ TODO\(system\.text\.json\).*\n/gm, ""));
writeFileSync(join(generated, "PLServiceLists.cs"), lists(readFileSync(clientFile, "utf8"), contract.components.schemas));

/** What C# callers need not see: NSwag writes twenty lines for each failure of each operation, and the door reads them all in one place. */
function simplify({ paths, components }) {
  // Tokens are the door's business.
  delete paths["/oauth/token"];
  Object.values(components.schemas).forEach(referToHandWritten);
  for (const name of notGenerated) components.schemas[name] = { type: "object" };
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const status of Object.keys(operation.responses)) {
      const { content } = operation.responses[status];
      if (!status.startsWith("2")) delete operation.responses[status];
      // A file is a stream, not a string of any length.
      else if (content && !content["application/json"]) operation.responses[status].content = asFile(content);
    }
    // NSwag's word for the name in code: Idempotency-Key would be idempotency_Key.
    for (const parameter of operation.parameters ?? []) {
      if (parameter.name.includes("-")) parameter["x-originalName"] = camelCase(parameter.name);
    }
  }

  const used = new Set();
  const visit = (node) => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(components.schemas[name]);
    }
  };
  // A problem is in no success, but in every exception.
  visit([paths, { $ref: "#/components/schemas/ApiProblem" }]);
  components.schemas = Object.fromEntries(Object.entries(components.schemas).filter(([name]) => used.has(name)));
}

/** Puts a reference in the place of every value with several shapes; one that has no hand-written type stops the generator. */
function referToHandWritten(node) {
  for (const [name, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null) continue;
    if (!value.oneOf) {
      referToHandWritten(value);
      continue;
    }
    const known = Object.keys(handWritten).find((words) => value.description?.startsWith(words));
    if (!known) throw new Error(`No type in clients/csharp stands for ${JSON.stringify(value)}`);
    // NSwag forgets that a referred value may be null: a name of its own remembers it until the file is written.
    const type = handWritten[known] + (value.oneOf.some((shape) => shape.nullable) ? orNull : "");
    node[name] = { $ref: `#/components/schemas/${type}` };
  }
}

function asFile(content) {
  return Object.fromEntries(Object.keys(content).map((type) => [type, { schema: { type: "string", format: "binary" } }]));
}

function camelCase(name) {
  return name.split("-").map((word, i) => (i === 0 ? word[0].toLowerCase() : word[0].toUpperCase()) + word.slice(1)).join("");
}

function runNSwag(simplified) {
  const work = mkdtempSync(join(tmpdir(), "plservice-nswag-"));
  try {
    const input = join(work, "contract.json");
    writeFileSync(input, JSON.stringify(simplified));
    const settings = {
      input,
      output: clientFile,
      namespace: "PLService.Client",
      className: "PLServiceClient",
      operationGenerationMode: "SingleClientFromOperationId",
      jsonLibrary: "SystemTextJson",
      jsonLibraryVersion: 10,
      generateClientInterfaces: true,
      injectHttpClient: true,
      disposeHttpClient: false,
      useBaseUrl: false,
      generateExceptionClasses: false,
      exceptionClass: "ApiProblemException",
      excludedTypeNames: notGenerated.join(","),
      generateOptionalParameters: true,
      generateOptionalPropertiesAsNullable: true,
      generateNullableReferenceTypes: true,
      useRequiredKeyword: true,
      generateDefaultValues: false,
      generateDataAnnotations: false,
      generateJsonMethods: false,
      parameterDateTimeFormat: "O",
      dateType: "System.DateOnly",
      arrayType: "System.Collections.Generic.IReadOnlyList",
      dictionaryType: "System.Collections.Generic.IReadOnlyDictionary",
      newLineBehavior: "LF",
    };
    const args = Object.entries(settings).map(([name, value]) => `/${name}:${value}`);
    execFileSync(process.execPath, [join(here, "node_modules", "nswag", "bin", "nswag.js"), "openapi2csclient", "/runtime:Net100", ...args], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Where the contract takes an Idempotency-Key, there is always one: it is what makes a POST safe to repeat. Where it takes none, there must be none. */
function addKeys(file) {
  const optional = /if \(idempotencyKey != null\)\n( +) {4}request_/g;
  edit(file, (text) => text.replace(optional, "idempotencyKey ??= RetryHandler.NewKey();\n$1request_"));
}

function edit(file, change) {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** For `Task<OrganizationResponsePage> ListOrganizationsAsync(filters, limit, cursor, count, ct)`: `ListAllOrganizationsAsync(filters, limit, ct)`. */
function lists(client, schemas) {
  const signature = /public virtual async System\.Threading\.Tasks\.Task<(\w+)> (\w+)Async\((.*), System\.Threading\.CancellationToken .*\)$/gm;
  const methods = [...client.matchAll(signature)].flatMap(([, page, operation, parameters]) => {
    const all = parameters.split(/, (?=[\w.?<>]+ \w+)/).map((text) => ({ text, name: /(\w+)(?: = .*)?$/.exec(text)[1] }));
    const { items, nextCursor } = schemas[page]?.properties ?? {};
    // Where items may be missing, the pages are those of something else.
    if (!items || items.nullable || !nextCursor || !all.some(({ name }) => name === "cursor")) return [];

    const item = items.items.$ref.split("/").at(-1);
    const shown = all.filter(({ name }) => name !== "cursor" && name !== "count").map(({ text }) => `${text}, `);
    const passed = all.filter(({ name }) => name !== "count").map(({ name }) => `${name}: ${name}, `);
    return `    /// <summary>Every item of <see cref="${operation}Async"/>, page after page; <c>limit</c> is the size of a page.</summary>
    /// <exception cref="ApiProblemException">The service refused.</exception>
    public System.Collections.Generic.IAsyncEnumerable<${item}> ${allOf(operation)}Async(
        ${shown.join("")}System.Threading.CancellationToken cancellationToken = default) =>
        Pages.ItemsAsync(
            (cursor, ct) => ${operation}Async(${passed.join("")}cancellationToken: ct),
            page => page.Items, page => page.NextCursor, cancellationToken);
`;
  });
  return `// <auto-generated>
//     Written by generator/generate.mjs from openapi/v1.json.
// </auto-generated>
#nullable enable
#pragma warning disable CS1573 // Parameters are described where the page is read.

namespace PLService.Client;

public partial class PLServiceClient
{
${methods.join("\n")}}
`;
}

function allOf(operation) {
  return operation.startsWith("List") ? `ListAll${operation.slice(4)}` : `${operation}All`;
}
