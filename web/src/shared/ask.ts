/** Requests to the desk: every outcome is a value, so that no caller can forget one. */
import type { ErrorDetail, ErrorEnvelope } from "../wire";

export type Answer<T> =
  | { kind: "ok"; status: number; body: T }
  | { kind: "refused"; status: number; error: ErrorDetail }
  | { kind: "unreachable" };

export type Method = "GET" | "POST" | "PUT" | "DELETE";
export type Ask = <T>(method: Method, path: string, body?: object) => Promise<Answer<T>>;

/** What a rep is told when a step got no answer. */
export const UNREACHABLE = "That didn't get through. Check your connection and try again.";

/** What people are told of a refusal that came without words; a page in another language puts its own here. */
export const askWords = { broken: "Something went wrong on our side." };

const PATIENCE_MS = 15_000;

/** An `Ask` that adds `headers()` to each request; `fetcher` is for tests. */
export function asker(headers: () => Record<string, string>, fetcher: typeof fetch = (...args) => fetch(...args)): Ask {
  return async <T>(method: Method, path: string, body?: object): Promise<Answer<T>> => {
    try {
      const response = await fetcher(path, request(method, headers(), body));
      return response.ok ? await accepted<T>(response) : await refused(response);
    } catch {
      return { kind: "unreachable" };
    }
  };
}

/** Whether the same request may do better later: no connection, desk in trouble, or too many at once. */
export function worthRepeating(answer: Answer<unknown>): boolean {
  return answer.kind === "unreachable" || (answer.kind === "refused" && (answer.status >= 500 || answer.status === 429 || answer.status === 408));
}

/** Whether the desk no longer knows who is asking. */
export function signedOut(answer: Answer<unknown>): boolean {
  return answer.kind === "refused" && answer.status === 401;
}

/** The refusal's code, or null. */
export function codeOf(answer: Answer<unknown>): string | null {
  return answer.kind === "refused" ? answer.error.code : null;
}

/** The words of a refusal, or those for no answer at all. Ask only of an answer that isn't ok. */
export function wordsOf(answer: Answer<unknown>, unreachable: string): string {
  return answer.kind === "refused" ? answer.error.message : unreachable;
}

function request(method: Method, headers: Record<string, string>, body?: object): RequestInit {
  return {
    method,
    headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
    cache: "no-store",
    // What ends a session is often asked by a page that is going away.
    keepalive: method === "DELETE",
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
}

async function accepted<T>(response: Response): Promise<Answer<T>> {
  const body = (response.status === 204 ? null : await response.json()) as T;
  return { kind: "ok", status: response.status, body };
}

async function refused<T>(response: Response): Promise<Answer<T>> {
  const body = (await response.json().catch(() => null)) as ErrorEnvelope | null;
  return { kind: "refused", status: response.status, error: body?.error ?? unnamed(response.status) };
}

/** A refusal that nobody has named, of a proxy's say. */
export function unnamed(status: number): ErrorDetail {
  return { code: `http_${status}`, message: askWords.broken, request_id: "", field: null, limit: null, retry_after: null };
}
