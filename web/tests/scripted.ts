/** A desk that answers as a test says, over fetch and over sockets. */
import { vi } from "vitest";
import type { ClientFrame, DeskFrame, ErrorDetail } from "../src/wire";

export interface Asked {
  method: string;
  path: string;
  body: Record<string, string | boolean | undefined>;
  headers: Record<string, string>;
}
type Reply = { status: number; body: unknown } | "unreachable";
type Answerer = (asked: Asked) => Reply | Promise<Reply>;

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
export function refusal(status: number, code: string, words: string, more: Partial<ErrorDetail> = {}): Reply {
  return { status, body: { error: { code, message: words, request_id: "r", field: null, limit: null, retry_after: null, ...more } } };
}

/** Routes are "METHOD /path" with the path's start; the longest that fits answers. */
export class ScriptedDesk {
  readonly asked: Asked[] = [];
  readonly routes = new Map<string, Answerer>();

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#answer(path, init));
    vi.stubGlobal("WebSocket", ScriptedSocket);
    ScriptedSocket.all = [];
  }

  on(route: string, answer: Answerer | Reply): this {
    this.routes.set(route, typeof answer === "function" ? answer : () => answer);
    return this;
  }

  to(path: string): Asked[] {
    return this.asked.filter((asked) => `${asked.method} ${asked.path}`.startsWith(path));
  }

  async #answer(path: string, init: RequestInit): Promise<Response> {
    const asked: Asked = {
      method: init.method ?? "GET",
      path,
      body: JSON.parse((init.body as string | undefined) ?? "{}") as Asked["body"],
      headers: init.headers as Record<string, string>,
    };
    this.asked.push(asked);
    const line = `${asked.method} ${path}`;
    const route = [...this.routes.keys()].filter((key) => line.startsWith(key)).sort((a, b) => b.length - a.length)[0];
    if (!route) throw new Error(`The test says nothing about ${line}`);
    const reply = await this.routes.get(route)!(asked);
    if (reply === "unreachable") throw new TypeError("Failed to fetch");
    return new Response(reply.status === 204 ? null : JSON.stringify(reply.body), { status: reply.status });
  }
}

/** A socket whose other end is the test. */
export class ScriptedSocket {
  static readonly OPEN = 1;
  static all: ScriptedSocket[] = [];
  readyState = 0;
  readonly sent: ClientFrame[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    ScriptedSocket.all.push(this);
  }

  static get latest(): ScriptedSocket {
    return ScriptedSocket.all.at(-1)!;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
    this.tell({ kind: "ready" });
  }

  tell(frame: DeskFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  close(): void {
    this.readyState = 3;
  }
}
