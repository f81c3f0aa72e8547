import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { ApiProblem, createClient, type ClientOptions } from "../src/index.js";

/** A service that answers what it is told to, and remembers what it was asked. */
function scripted(answers: (Response | Error | (() => Promise<Response>))[], options: Partial<ClientOptions> = {}) {
  const asked: { method: string; url: string; key: string | null; authorization: string | null; body: string }[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    asked.push({
      method,
      url,
      key: headers.get("Idempotency-Key"),
      authorization: headers.get("Authorization"),
      body: await request.text(),
    });
    const answer = answers.shift();
    assert.ok(answer, `One request too many: ${method} ${url}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer() : answer;
  };
  return { asked, client: createClient({ baseUrl: "http://pl.test/", token: "t", fetch, ...options } as ClientOptions) };
}

const machine = { token: undefined, clientId: "id", clientSecret: "s:1" } as unknown as ClientOptions;
const json = (status: number, body: unknown, headers: Record<string, string> = {}) => Response.json(body, { status, headers });
const busy = (retryAfter?: string) =>
  json(
    503,
    { code: "server.database_unavailable", detail: "The database cannot be reached." },
    retryAfter === undefined ? {} : { "Retry-After": retryAfter },
  );
const tenant = { id: "1", slug: "t", name: "T", minimumGroupSize: 5, localAccounts: true, version: 1 };
const token = (text: string, seconds = 900) => json(200, { access_token: text, token_type: "Bearer", expires_in: seconds, scope: "" });
const unauthenticated = () => json(401, { code: "auth.unauthenticated", detail: "The token is not valid." });

describe("patience", () => {
  test("429 and 503 are tried again after Retry-After", async () => {
    const { asked, client } = scripted([busy("0"), json(429, {}, { "Retry-After": "1" }), json(200, tenant)]);
    const start = performance.now();
    assert.equal((await client.GET("/v1/tenant")).data.name, "T");
    assert.ok(performance.now() - start >= 1000);
    assert.equal(asked.length, 3);
  });

  test("tries are bounded, and the last refusal is told", async () => {
    const { asked, client } = scripted([busy("0"), busy("0"), busy("0")], { maxTries: 3 });
    await assert.rejects(
      client.GET("/v1/tenant"),
      (problem: ApiProblem) => problem.code === "server.database_unavailable" && problem.retryAfter === 0,
    );
    assert.equal(asked.length, 3);
  });

  test("a service that asks for more patience than there is is not asked again", async () => {
    const { asked, client } = scripted([busy("120")]);
    await assert.rejects(client.GET("/v1/tenant"), { code: "server.database_unavailable", retryAfter: 120 });
    assert.equal(asked.length, 1);
  });

  test("a POST gets a key and keeps it over all tries", async () => {
    const { asked, client } = scripted([
      new TypeError("fetch failed"),
      busy("0"),
      json(409, {}, { "Retry-After": "0" }),
      json(201, { id: "1" }),
    ]);
    await client.POST("/v1/organizations", { body: { kind: "school", name: "Alder" } });
    assert.equal(asked.length, 4);
    assert.match(asked[0]!.key ?? "", /^[0-9a-f]{32}$/);
    assert.equal(new Set(asked.map((a) => a.key)).size, 1);
    assert.equal(new Set(asked.map((a) => a.body)).size, 1);
  });

  test("a caller who gives up is not kept waiting", async () => {
    const { client } = scripted([busy("30")]);
    const start = performance.now();
    await assert.rejects(client.GET("/v1/tenant", { signal: AbortSignal.timeout(50) }), { name: "TimeoutError" });
    assert.ok(performance.now() - start < 5000);
  });

  test("an answer that does not come is a timeout", async () => {
    const silent: typeof fetch = (_, init) =>
      new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason)));
    const { client } = scripted([], { timeoutSeconds: 0.05, maxTries: 1, fetch: silent });
    await assert.rejects(client.GET("/v1/tenant"), { name: "TimeoutError" });
  });

  test("many requests share one token, which is renewed once when it is refused", async () => {
    const { asked, client } = scripted(
      [token("first"), json(200, tenant), unauthenticated(), unauthenticated(), token("second"), json(200, tenant), json(200, tenant)],
      machine,
    );
    await client.GET("/v1/tenant");
    await Promise.all([client.GET("/v1/tenant"), client.GET("/v1/tenant")]);
    assert.equal(asked.filter((a) => a.url.endsWith("/oauth/token")).length, 2);
    assert.equal(asked[0]!.authorization, `Basic ${btoa("id:s%3A1")}`);
    assert.deepEqual(
      asked.slice(-2).map((a) => a.authorization),
      ["Bearer second", "Bearer second"],
    );
  });

  test("a token is renewed before it expires", async () => {
    const { asked, client } = scripted([token("first", 0.1), json(200, tenant), token("second"), json(200, tenant)], machine);
    await client.GET("/v1/tenant");
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.GET("/v1/tenant");
    assert.equal(asked.at(-1)!.authorization, "Bearer second");
  });

  test("a failed token request is not remembered", async () => {
    const refused = json(401, { error: "invalid_client", error_description: "No." });
    const { client } = scripted([refused, token("first"), json(200, tenant)], machine);
    await assert.rejects(client.GET("/v1/tenant"), { code: "oauth.invalid_client", message: "No." });
    await client.GET("/v1/tenant");
  });

  test("a proxy's page is a problem too", async () => {
    const { client } = scripted([new Response("<h1>Bad gateway</h1>", { status: 502 })]);
    await assert.rejects(client.GET("/v1/tenant"), { code: "http.502", status: 502 });
  });

  test("a file is sent again, a stream is not", async () => {
    const file = scripted([busy("0"), json(201, {})]);
    await file.client.upload("/v1/organizations", new Blob(["a,b\n1,2\n"]), { contentType: "text/csv" });
    assert.deepEqual(
      file.asked.map((a) => a.body),
      ["a,b\n1,2\n", "a,b\n1,2\n"],
    );
    assert.equal(file.asked[0]!.key, file.asked[1]!.key);

    const stream = scripted([busy("0")]);
    await assert.rejects(stream.client.upload("/v1/organizations", Readable.from([Buffer.from("a,b\n")])), { status: 503 });
    assert.equal(stream.asked[0]!.body, "a,b\n");

    const opened = scripted([busy("0"), json(201, {})]);
    await opened.client.upload("/v1/organizations", () => Readable.from([Buffer.from("a,b\n")]));
    assert.deepEqual(
      opened.asked.map((a) => a.body),
      ["a,b\n", "a,b\n"],
    );
  });
});
