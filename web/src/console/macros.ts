/** The ready answers that the shop keeps, and finding one by what was typed. */
import { signal } from "@preact/signals";
import type { Ask } from "../shared/ask";
import type { Macro, Macros as Page } from "../wire";

export class Macros {
  readonly all = signal<readonly Macro[]>([]);

  constructor(readonly ask: Ask) {}

  async read(): Promise<void> {
    const answer = await this.ask<Page>("GET", "/api/rep/macros");
    if (answer.kind === "ok") this.all.value = answer.body.macros;
  }

  /** Those that fit what was typed: whose name begins so first, then those whose title has all the words. Of each kind, first those of a skill that the chat needs. */
  matching(typed: string, needs: readonly string[]): Macro[] {
    const wanted = typed.toLowerCase();
    const near = [...this.all.value].sort((one, other) => farness(one, needs) - farness(other, needs));
    const byName = near.filter((macro) => macro.name.startsWith(wanted));
    const byTitle = near.filter((macro) => !byName.includes(macro) && hasWords(`${macro.name} ${macro.title}`, wanted));
    return [...byName, ...byTitle];
  }
}

/** Those for any chat stand between those of its skills and those of others. */
function farness({ skill }: Macro, needs: readonly string[]): number {
  if (skill === null) return 1;
  return needs.includes(skill) ? 0 : 2;
}

/** Whether each word of `wanted` begins or stands in `text`. */
export function hasWords(text: string, wanted: string): boolean {
  const low = text.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => low.includes(word));
}

/** What was typed after a "/" that begins a line, up to the cursor; null if there's no such "/". */
export function slashBefore(text: string, cursor: number): string | null {
  return /(?:^|\n)\/([\w-]{0,40})$/.exec(text.slice(0, cursor))?.[1] ?? null;
}
