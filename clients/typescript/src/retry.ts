import { retryAfterOf } from "./problem.js";

/** How patient the client is. */
export interface RetryOptions {
  /** Tries in all, the first included; 5 unless given, 1 never repeats. */
  maxTries?: number;
  /** The longest wait before another try, in seconds; 60 unless given. A service that asks for more is not asked again. */
  maxWaitSeconds?: number;
  /** Seconds to wait for the head of an answer, per try; 100 unless given. Uploads have no limit. */
  timeoutSeconds?: number;
}

/** One request that may have to be sent several times. */
export interface Sending {
  /** Makes the request anew for each try. */
  make: () => Request | Promise<Request>;
  /** Whether sending it twice has the effect of sending it once. */
  repeatable: boolean;
  /** Seconds to wait for the head of the answer; nothing waits for ever. */
  timeoutSeconds?: number | undefined;
}

const repeatableMethods = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

export const idempotencyKey = "Idempotency-Key";

/** True when sending the request twice has the effect of sending it once. */
export const isRepeatable = (request: Request): boolean => repeatableMethods.has(request.method) || request.headers.has(idempotencyKey);

/**
 * Sends until there is an answer worth having: 429, 503, and 409 with Retry-After (the same request still runs) are tried again after the
 * time that the service names, lost connections after a time that doubles; both with jitter, so that many clients do not return at once.
 */
export async function sendPatiently(fetch: typeof globalThis.fetch, sending: Sending, options: RetryOptions): Promise<Response> {
  const maxTries = options.maxTries ?? 5;
  const maxWait = options.maxWaitSeconds ?? 60;
  for (let tries = 1; ; tries++) {
    const last = tries >= maxTries || !sending.repeatable;
    const request = await sending.make();
    let wait: number;
    try {
      const response = await sendOnce(fetch, request, sending.timeoutSeconds);
      const asked = retryAfterOf(response);
      if (last || !asksForPatience(response.status, asked) || (asked ?? 0) > maxWait) return response;
      wait = asked === undefined ? backOff(tries) : asked + Math.random() * Math.min(1, 0.1 + asked / 4);
      // Frees the connection; what the refusal says is not needed.
      await response.body?.cancel();
    } catch (error) {
      if (last || request.signal.aborted) throw error;
      wait = backOff(tries);
    }
    await sleep(Math.min(wait, maxWait), request.signal);
  }
}

const asksForPatience = (status: number, retryAfter: number | undefined): boolean =>
  status === 429 || status === 503 || (status === 409 && retryAfter !== undefined);

// Full jitter: anything from nothing to 0.5 s, 1 s, 2 s, ...
const backOff = (tries: number): number => Math.random() * 0.5 * 2 ** (tries - 1);

async function sendOnce(fetch: typeof globalThis.fetch, request: Request, timeoutSeconds: number | undefined): Promise<Response> {
  if (timeoutSeconds === undefined) return fetch(request);
  // Ends the wait for the head of the answer only: a long body may take its time.
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new DOMException(`No answer within ${timeoutSeconds} s.`, "TimeoutError")),
    timeoutSeconds * 1000,
  );
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, timeout.signal]) });
  } finally {
    clearTimeout(timer);
  }
}

function sleep(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const wake = () => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(wake, seconds * 1000);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
