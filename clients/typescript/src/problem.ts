import type { components } from "./generated/schema.js";

/** One fault of the input: where it is, a stable code, and what would be right. */
export type ApiFault = components["schemas"]["ApiFault"];

/** A failure that the service told, thrown by every method of the client. Branch on `code`; show `message` to people. */
export class ApiProblem extends Error {
  /** What to branch on: stable within v1, as `organization.not_found`. `http.{status}` when something before the service answered. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;
  /** What kind of failure it is, the same for every occurrence. */
  readonly title: string;
  /** With bad input: each fault and where it is. */
  readonly errors: readonly ApiFault[];
  /** The trace to quote when asking for help. */
  readonly traceId: string | undefined;
  /** With 412: the version that the resource has now. */
  readonly currentVersion: number | undefined;
  /** Seconds after which the service asks to try again, when it says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: Record<string, unknown>, retryAfter?: number) {
    const oauth = typeof body["error"] === "string" ? body["error"] : undefined;
    const title = text(body["title"]) ?? `HTTP ${status}`;
    super(text(body["detail"]) ?? text(body["error_description"]) ?? title);
    this.name = "ApiProblem";
    this.status = status;
    this.title = title;
    this.code = text(body["code"]) ?? (oauth === undefined ? `http.${status}` : `oauth.${oauth}`);
    this.errors = Array.isArray(body["errors"]) ? (body["errors"] as ApiFault[]) : [];
    this.traceId = text(body["traceId"]);
    this.currentVersion = typeof body["currentVersion"] === "number" ? body["currentVersion"] : undefined;
    this.retryAfter = retryAfter;
  }

  /** Reads a failed response, whoever wrote it: the service, its token endpoint, or a proxy that speaks HTML. */
  static async of(response: Response): Promise<ApiProblem> {
    const body = await response.text().then(parse, () => ({}));
    return new ApiProblem(response.status, body, retryAfterOf(response));
  }
}

/** Seconds of a Retry-After header, which is a number or a date. */
export function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get("Retry-After")?.trim();
  if (!header) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Not JSON: a proxy's page. The status is all there is to say.
    return {};
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value.length > 0 ? value : undefined);
