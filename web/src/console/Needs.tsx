/** What a waiting chat needs, as badges on its row: for whom it is, the language, the team, the skill. */
import { now } from "../shared/clock";
import type { QueueItem } from "../wire";
import { isLanguage, languageOf } from "./skills";
import { inWords } from "./topics";

export function Needs({ item }: { item: QueueItem }) {
  const badges = needsOf(item);
  if (badges.length === 0) return null;
  return (
    <span class="needs">
      {badges.map(({ words, special }) => (
        <span key={words} class={special ? "need need-special" : "need"}>
          {words}
        </span>
      ))}
    </span>
  );
}

/** Whose it is for its first minute: a colleague's name, else null. */
export function wantedBy({ for_you, wanted, wanted_until }: QueueItem): string | null {
  return !for_you && wanted && wanted_until && Date.parse(wanted_until) > now.value ? wanted : null;
}

function needsOf(item: QueueItem): { words: string; special?: boolean }[] {
  const wanted = wantedBy(item);
  return [
    ...(item.for_you ? [{ words: "for you", special: true }] : []),
    ...(wanted ? [{ words: `for ${wanted}`, special: true }] : []),
    ...item.needs.filter(isLanguage).map((name) => ({ words: languageOf(name), special: true })),
    ...(item.team ? [{ words: `Team ${item.team}`, special: true }] : []),
    ...item.needs.filter((name) => !isLanguage(name)).map((name) => ({ words: inWords(name) })),
  ];
}
