import { ApiProblem } from "./problem.js";
import { type RetryOptions, sendPatiently } from "./retry.js";

/** Who calls: an API client with its secret, a fixed token, or a function that knows where tokens come from. */
export type Credentials =
  | { clientId: string; clientSecret: string; scope?: string; token?: never; getToken?: never }
  | { token: string; getToken?: never; clientId?: never }
  | {
      /** Called for every request; `renew` is true when the service refused the token that it gave last. */
      getToken: (renew: boolean) => string | Promise<string>;
      token?: never;
      clientId?: never;
    }
  | { token?: never; getToken?: never; clientId?: never };

/** Gives a token; `refused` is the one that the service has just answered with 401. Undefined: the client calls without one. */
export type TokenSource = (refused?: string) => Promise<string | undefined>;

// A token is renewed before it expires, so that a request that is on its way does not arrive with a dead one.
const marginSeconds = 30;

export function tokenSource(baseUrl: string, credentials: Credentials, fetch: typeof globalThis.fetch, retry: RetryOptions): TokenSource {
  const { token, getToken, clientId } = credentials;
  if (getToken !== undefined) return async (refused) => getToken(refused !== undefined);
  if (clientId === undefined) return async () => token;

  const client = credentials;
  let current: Promise<Token> | undefined;
  const renew = (): Promise<Token> => {
    const asked = fetchToken(baseUrl, client, fetch, retry);
    current = asked;
    // A failure is not kept: the next request asks again.
    asked.catch(() => (current = current === asked ? undefined : current));
    return asked;
  };
  return async (refused) => {
    const seen = current ?? renew();
    const known = await seen;
    if (known.text !== refused && known.expiresAt > Date.now()) return known.text;
    // Whoever notices first renews; the others wait for the same answer.
    if (current === seen) current = undefined;
    return (await (current ?? renew())).text;
  };
}

interface Token {
  text: string;
  expiresAt: number;
}

async function fetchToken(
  baseUrl: string,
  client: { clientId: string; clientSecret: string; scope?: string },
  fetch: typeof globalThis.fetch,
  retry: RetryOptions,
): Promise<Token> {
  const asked = Date.now();
  // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
  const basic = btoa(`${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.clientSecret)}`);
  const form = new URLSearchParams({ grant_type: "client_credentials", ...(client.scope === undefined ? {} : { scope: client.scope }) });
  const make = () => new Request(`${baseUrl}/oauth/token`, { method: "POST", headers: { Authorization: `Basic ${basic}` }, body: form });
  // Two tokens do no more than one, so this POST may be repeated.
  const response = await sendPatiently(fetch, { make, repeatable: true, timeoutSeconds: retry.timeoutSeconds ?? 100 }, retry);
  if (!response.ok) throw await ApiProblem.of(response);
  const body = (await response.json()) as { access_token: string; expires_in: number };
  return { text: body.access_token, expiresAt: asked + Math.max(body.expires_in - marginSeconds, body.expires_in / 2) * 1000 };
}
