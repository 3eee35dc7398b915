/** What the page for leads and admins shows and changes: read once, and again after each change. */
import { signal } from "@preact/signals";
import { type Answer, type Ask, codeOf, UNREACHABLE, wordsOf } from "../../shared/ask";
import type { Administration } from "../../wire";

export class Admin {
  readonly shown = signal<Administration | null>(null);
  /** Why the page can't be shown. */
  readonly trouble = signal<string | null>(null);
  /** What was just done, for everybody to see and hear. */
  readonly news = signal("");

  constructor(readonly ask: Ask) {}

  async load(): Promise<void> {
    const answer = await this.ask<Administration>("GET", "/api/admin");
    if (answer.kind === "ok") this.shown.value = answer.body;
    this.trouble.value = troubleIn(answer);
  }

  /** Add (POST) or change (PUT) something; null when it worked, else why not. What others changed meanwhile is shown anew. */
  async save(method: "POST" | "PUT", path: string, body: object, done: string): Promise<string | null> {
    const answer = await this.ask(method, `/api/admin/${path}`, body);
    if (answer.kind === "ok" || codeOf(answer) === "changed_meanwhile") await this.load();
    if (answer.kind === "ok") this.news.value = done;
    return troubleIn(answer);
  }
}

/** Null for an answer that is what was wanted. */
export function troubleIn(answer: Answer<unknown>): string | null {
  return answer.kind === "ok" ? null : wordsOf(answer, UNREACHABLE);
}
