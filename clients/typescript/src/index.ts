import createOpenApiClient, { createQuerySerializer } from "openapi-fetch";
import type { FetchResponse, MaybeOptionalInit } from "openapi-fetch";
import type { HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from "openapi-typescript-helpers";
import type { components, paths } from "./generated/schema.js";
import { withoutKey } from "./generated/keys.js";
import { ApiProblem } from "./problem.js";
import { idempotencyKey, isRepeatable, type RetryOptions, sendPatiently, type Sending } from "./retry.js";
import { type Credentials, tokenSource } from "./tokens.js";

export { ApiProblem, type ApiFault } from "./problem.js";
export type { RetryOptions } from "./retry.js";
export type { Credentials } from "./tokens.js";
export type { components, operations, paths } from "./generated/schema.js";

/** The shapes of the contract by name: `Schema<"OrganizationResponse">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type ClientOptions = Credentials &
  RetryOptions & {
    /** Where the service is, as `https://pl.example.org`. */
    baseUrl: string;
    /** The short name of the tenant that is meant, for tokens of identity providers; tokens of the service itself need none. */
    tenant?: string;
    /** What sends requests; the platform's own fetch unless given. */
    fetch?: typeof globalThis.fetch;
  };

/** What came back: the body, and the response with its headers (ETag, Location). `data` is undefined after 204 and 304. */
export interface Answer<Data> {
  data: Data;
  response: Response;
}

/** How a body is read: `json` unless given; `text` or `stream` for CSV. */
export type ParseAs = "json" | "text" | "blob" | "arrayBuffer" | "stream";

type Init<Operations, M extends keyof Operations, As extends ParseAs> = MaybeOptionalInit<Operations, M> & { parseAs?: As };

type InitParam<Init> = RequiredKeysOf<Init> extends never ? [init?: Init] : [init: Init];

type Data<Operation, As extends ParseAs> = Extract<
  FetchResponse<Operation & Record<string, unknown>, { parseAs: As }, MediaType>,
  { error?: never }
>["data"];

type Method<M extends HttpMethod> = <Path extends PathsWithMethod<paths, M>, As extends ParseAs = "json">(
  path: Path,
  ...init: InitParam<Init<paths[Path], M, As>>
) => Promise<Answer<Data<NonNullable<paths[Path][M]>, As>>>;

type ItemOf<Path extends keyof paths> = paths[Path] extends {
  get: {
    parameters: { query?: infer Query };
    responses: { 200: { content: { "application/json": { items: (infer Item)[]; nextCursor?: string | null } } } };
  };
}
  ? "cursor" extends keyof NonNullable<Query>
    ? Item
    : never
  : never;

type Readable = PathsWithMethod<paths, "get">;

/** The addresses that answer with pages. */
export type ListPath = { [Path in Readable]: [ItemOf<Path>] extends [never] ? never : Path }[Readable];

type QueryOf<Operation> = Operation extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

/** A body to send: text, bytes, a Blob (`fs.openAsBlob` gives one for a file of any size), or a stream, which can be sent only once. */
export type UploadBody = string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** A body, or a function that opens it anew for each try. */
export type Uploadable = UploadBody | (() => UploadBody | Promise<UploadBody>);

export interface UploadOptions<Query> {
  /** What the body is; `text/csv` unless given. */
  contentType?: string;
  query?: Query;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface PLServiceClient {
  GET: Method<"get">;
  PUT: Method<"put">;
  /** An Idempotency-Key is added where the operation takes one, so that a repetition has no second effect. */
  POST: Method<"post">;
  PATCH: Method<"patch">;
  DELETE: Method<"delete">;
  /** Every item of a list, page after page; `limit` in the query is the size of a page. */
  paginate<Path extends ListPath>(path: Path, ...init: InitParam<Init<paths[Path], "get", "json">>): AsyncGenerator<ItemOf<Path>, void>;
  /**
   * Posts a file. A body that can be sent again (anything but a stream; a function that opens the stream anew) is tried again like other requests.
   */
  upload<Path extends PathsWithMethod<paths, "post">>(
    path: Path,
    body: Uploadable,
    options?: UploadOptions<QueryOf<paths[Path]["post"]>>,
  ): Promise<Answer<Data<NonNullable<paths[Path]["post"]>, "json">>>;
}

/**
 * A client of the service. Tokens are fetched and renewed by themselves; 429, 503 and lost connections are tried again where that is safe;
 * every failure is thrown as {@link ApiProblem}.
 */
export function createClient(options: ClientOptions): PLServiceClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const fetch = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init));
  const tokenFor = tokenSource(baseUrl, options, fetch, options);

  async function send(sending: Sending): Promise<Response> {
    const token = await tokenFor();
    const response = await sendPatiently(fetch, { ...sending, make: async () => authorize(await sending.make(), token, options.tenant) }, options);
    if (response.status !== 401 || token === undefined || !sending.repeatable) return accept(response);

    // Revoked or expired early: one more try with a new token, and what that says is the answer.
    const renewed = await tokenFor(token);
    if (renewed === token) return accept(response);
    await response.body?.cancel();
    return accept(await sendPatiently(fetch, { ...sending, make: async () => authorize(await sending.make(), renewed, options.tenant) }, options));
  }

  const api = createOpenApiClient<paths>({
    baseUrl,
    fetch: (request) =>
      send({ make: () => request.clone(), repeatable: isRepeatable(request), timeoutSeconds: options.timeoutSeconds ?? 100 }),
  });
  api.use({
    onRequest: ({ request, schemaPath }) => {
      if (request.method === "POST" && takesKey(schemaPath) && !request.headers.has(idempotencyKey)) request.headers.set(idempotencyKey, newKey());
    },
  });

  // The transport throws every failure, so that what comes back is always an answer.
  const method = <M extends HttpMethod>(call: unknown): Method<M> => {
    const untyped = call as (path: string, init?: unknown) => Promise<Answer<unknown>>;
    return (async (path: string, init?: unknown) => {
      const { data, response } = await untyped(path, init);
      return { data, response };
    }) as unknown as Method<M>;
  };

  const GET = method<"get">(api.GET);
  const POST = method<"post">(api.POST);

  async function* paginate(path: string, init?: { params?: { query?: object } }): AsyncGenerator<unknown, void> {
    const read = GET as unknown as (path: string, init: object) => Promise<Answer<{ items: unknown[]; nextCursor?: string | null }>>;
    let cursor: string | null | undefined;
    do {
      const query = { ...init?.params?.query, ...(cursor ? { cursor } : {}) };
      const { data } = await read(path, { ...init, params: { ...init?.params, query } });
      yield* data.items;
      cursor = data.nextCursor;
    } while (cursor);
  }

  async function upload(path: string, body: Uploadable, upload: UploadOptions<object> = {}): Promise<Answer<unknown>> {
    const query = createQuerySerializer()({ ...upload.query });
    const headers = {
      ...(takesKey(path) ? { [idempotencyKey]: newKey() } : {}),
      Accept: "application/json",
      ...upload.headers,
      "Content-Type": upload.contentType ?? "text/csv",
    };
    const make = async () =>
      new Request(`${baseUrl}${path}${query && `?${query}`}`, {
        method: "POST",
        headers,
        body: bodyOf(typeof body === "function" ? await body() : body),
        signal: upload.signal ?? null,
        // What fetch wants to hear before it streams a body.
        duplex: "half",
      } as RequestInit);
    const response = await send({ make, repeatable: takesKey(path) && (typeof body === "function" || !isStream(body)) });
    return { data: response.status === 204 ? undefined : await response.json(), response };
  }

  return {
    GET,
    PUT: method<"put">(api.PUT),
    POST,
    PATCH: method<"patch">(api.PATCH),
    DELETE: method<"delete">(api.DELETE),
    paginate: paginate as unknown as PLServiceClient["paginate"],
    upload: upload as unknown as PLServiceClient["upload"],
  };
}

/** The value for If-Match that names this version of a resource. */
export const etagOf = (resource: { version: number }): string => `"${resource.version}"`;

// Where an answer holds a secret that is never stored, the service refuses a key: such a POST is sent once.
const takesKey = (path: string): boolean => !withoutKey.has(path);

// Not randomUUID, which browsers have on secure pages only.
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function authorize(request: Request, token: string | undefined, tenant: string | undefined): Request {
  if (tenant !== undefined) request.headers.set("PLService-Tenant", tenant);
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}

async function accept(response: Response): Promise<Response> {
  if (response.ok || response.status === 304) return response;
  throw await ApiProblem.of(response);
}

const isStream = (body: UploadBody): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> =>
  body instanceof ReadableStream || (typeof body === "object" && Symbol.asyncIterator in body);

function bodyOf(body: UploadBody): BodyInit {
  if (!isStream(body) || body instanceof ReadableStream) return body;
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await chunks.return?.()),
  });
}
