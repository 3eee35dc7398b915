/** Sends one file and tells how far it is; `fetch` can't tell that. */
import type { ErrorEnvelope } from "../wire";
import { type Answer, unnamed } from "./ask";

export interface Sending<T> {
  done: Promise<Answer<T>>;
  cancel(): void;
}

const PATIENCE_MS = 130_000;

/** POST `file` to `path` as it is; `tell` gets the share that has left, from 0 to 1. A cancelled one is "unreachable". */
export function upload<T>(path: string, file: Blob, headers: Record<string, string>, tell: (share: number) => void): Sending<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer<T>>((resolve) => {
    request.open("POST", path);
    request.timeout = PATIENCE_MS;
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => tell(event.lengthComputable && event.total ? event.loaded / event.total : 0);
    request.onload = () => resolve(answerOf<T>(request));
    request.onerror = request.ontimeout = request.onabort = () => resolve({ kind: "unreachable" });
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

function answerOf<T>(request: XMLHttpRequest): Answer<T> {
  const body = parsed(request.responseText) as Partial<ErrorEnvelope> | null;
  if (request.status >= 200 && request.status < 300) return { kind: "ok", status: request.status, body: body as T };
  return { kind: "refused", status: request.status, error: body?.error ?? unnamed(request.status) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
