import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { ApiProblem, createClient, etagOf, type PLServiceClient, type Schema } from "../src/index.js";

// The running service: the test suite of the service starts one and names it here.
const { PLSERVICE_URL: baseUrl, PLSERVICE_CLIENT_ID: clientId, PLSERVICE_CLIENT_SECRET: clientSecret } = process.env;

describe("against the running service", () => {
  let client: PLServiceClient;

  before(() => {
    assert.ok(
      baseUrl && clientId && clientSecret,
      "Set PLSERVICE_URL, PLSERVICE_CLIENT_ID and PLSERVICE_CLIENT_SECRET; 'make run' prints them.",
    );
    client = createClient({ baseUrl, clientId, clientSecret });
  });

  const create = async (body: Schema<"CreateOrganizationRequest">) => (await client.POST("/v1/organizations", { body })).data;

  test("creates, reads and finds what it created", async () => {
    const { data: made, response } = await client.POST("/v1/organizations", {
      body: { kind: "district", name: `Alder ${randomUUID()}`, identifiers: [{ system: "nces", value: randomUUID() }] },
    });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get("ETag"), etagOf(made));

    const { data: read } = await client.GET("/v1/organizations/{id}", { params: { path: { id: made.id } } });
    assert.deepEqual(read, made);
  });

  test("the same Idempotency-Key has one effect", async () => {
    const params = { header: { "Idempotency-Key": randomUUID() } };
    const request = { body: { kind: "school", name: `Birch ${randomUUID()}` }, params } as const;
    const [first, second] = [await client.POST("/v1/organizations", request), await client.POST("/v1/organizations", request)];
    assert.equal(second.data.id, first.data.id);
  });

  test("paginate gives every item once, in the order of the list", async () => {
    const root = await create({ kind: "region", name: `Region ${randomUUID()}` });
    const names = Array.from({ length: 7 }, (_, i) => `School ${i} ${root.id}`);
    await Promise.all(names.map((name) => create({ kind: "school", name, parentId: root.id })));

    const found = [];
    for await (const school of client.paginate("/v1/organizations", { params: { query: { parentId: root.id, limit: 2 } } }))
      found.push(school.name);
    assert.deepEqual(found, names);
  });

  test("a file goes in, and its receipt and its faulty rows come back", async () => {
    const file = new Blob(["name,kind,organization_id_system,organization_id\nAlder,district,state,A\nBirch,castle,state,B\n"]);
    let { data: imported } = await client.upload("/v1/imports", file, {
      query: { kind: "organizations", onError: "skip", fileName: "two.csv" },
      headers: { Prefer: "wait=30" },
    });
    while (imported.status === "queued" || imported.status === "running") {
      ({ data: imported } = await client.GET("/v1/imports/{id}", { params: { path: { id: imported.id } } }));
    }

    assert.deepEqual([imported.status, imported.receipt?.accepted, imported.receipt?.rejected], ["completed", 1, 1]);
    const path = { id: imported.id };
    const { data: rows } = await client.GET("/v1/imports/{id}/error-file", { params: { path }, parseAs: "text" });
    assert.match(rows, /^Birch,castle,/m);
  });

  test("a secret, which the service cannot give twice, is made without an Idempotency-Key", async () => {
    const { data: made, response } = await client.POST("/v1/api-clients", { body: { name: "nightly", scopes: ["tenant:read"] } });
    assert.equal(response.status, 201);
    const another = createClient({ baseUrl: baseUrl!, clientId: made.secret.clientId, clientSecret: made.secret.clientSecret });
    assert.deepEqual((await another.GET("/v1/whoami")).data.scopes, ["tenant:read"]);
  });

  test("If-None-Match answers 304 without a body", async () => {
    const made = await create({ kind: "other", name: `Cedar ${randomUUID()}` });
    const { data, response } = await client.GET("/v1/organizations/{id}", {
      params: { path: { id: made.id } },
      headers: { "If-None-Match": etagOf(made) },
    });
    assert.equal(response.status, 304);
    assert.equal(data, undefined);
  });

  test("a stale If-Match is a problem that carries the current version", async () => {
    const { data: tenant } = await client.GET("/v1/tenant");
    const body = { name: tenant.name, minimumGroupSize: tenant.minimumGroupSize };
    await assert.rejects(client.PUT("/v1/tenant", { params: { header: { "If-Match": '"999999"' } }, body }), (problem: ApiProblem) => {
      assert.ok(problem instanceof ApiProblem);
      assert.deepEqual([problem.status, problem.code, problem.currentVersion], [412, "concurrency.stale_version", tenant.version]);
      return true;
    });
  });

  test("bad input is a problem that says where and why", async () => {
    await assert.rejects(create({ kind: "school", name: "" }), (problem: ApiProblem) => {
      assert.deepEqual([problem.status, problem.code], [400, "request.invalid"]);
      assert.equal(problem.errors[0]?.pointer, "/name");
      assert.match(problem.traceId ?? "", /^[0-9a-f]{32}$/);
      return true;
    });
  });

  test("what does not exist is a problem with a code", async () => {
    await assert.rejects(
      client.GET("/v1/organizations/{id}", { params: { path: { id: randomUUID() } } }),
      (problem: ApiProblem) => problem.status === 404 && problem.code.endsWith("not_found"),
    );
  });

  test("a wrong secret is a problem in the token endpoint's own words", async () => {
    const stranger = createClient({ baseUrl: baseUrl!, clientId: clientId!, clientSecret: "wrong" });
    await assert.rejects(
      stranger.GET("/v1/tenant"),
      (problem: ApiProblem) => problem.status === 401 && problem.code === "oauth.invalid_client",
    );
  });

  test("a token from elsewhere serves as well", async () => {
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId!, client_secret: clientSecret! });
    const { access_token: token } = (await (await fetch(`${baseUrl}/oauth/token`, { method: "POST", body: form })).json()) as {
      access_token: string;
    };
    const asked: boolean[] = [];
    const tokens = ["refused", token];
    const renewing = createClient({ baseUrl: baseUrl!, getToken: (renew) => (asked.push(renew), tokens.shift()!) });
    const { data } = await renewing.GET("/v1/tenant");
    assert.deepEqual(data, (await createClient({ baseUrl: baseUrl!, token }).GET("/v1/tenant")).data);
    assert.deepEqual(asked, [false, true]);
  });

  test("what the contract does not know is a compile error", () => {
    const never = async () => {
      // @ts-expect-error There is no such address.
      await client.GET("/v1/organisations");
      // @ts-expect-error There is no such filter.
      await client.GET("/v1/organizations", { params: { query: { knid: "school", limit: 5 } } });
      // @ts-expect-error A tenant is not a list.
      client.paginate("/v1/tenant");
      // @ts-expect-error The change feed never ends: it is followed by its own cursor.
      client.paginate("/v1/changes");
      // @ts-expect-error The body is missing.
      await client.POST("/v1/organizations");
    };
    assert.equal(typeof never, "function");
  });
});
