/** Written by generate-keys.mjs: the POSTs that take no Idempotency-Key. */
export const withoutKey: ReadonlySet<string> = new Set([
  "/oauth/token",
  "/v1/api-clients",
  "/v1/api-clients/{id}/secrets",
]);
