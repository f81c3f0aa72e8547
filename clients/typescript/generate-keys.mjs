// Writes src/generated/keys.ts: what the client must know of the contract at run time, where types are gone.
import { readFileSync, writeFileSync } from "node:fs";

const { paths } = JSON.parse(readFileSync(new URL("../../openapi/v1.json", import.meta.url), "utf8"));
const withoutKey = Object.entries(paths)
  .filter(([, { post }]) => post && !post.parameters?.some(({ name }) => name === "Idempotency-Key"))
  .map(([path]) => `  ${JSON.stringify(path)},\n`);

writeFileSync(
  new URL("src/generated/keys.ts", import.meta.url),
  `/** Written by generate-keys.mjs: the POSTs that take no Idempotency-Key. */
export const withoutKey: ReadonlySet<string> = new Set([
${withoutKey.join("")}]);
`,
);
