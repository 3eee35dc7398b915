/** The languages of the widget's own words. A dictionary may be incomplete: what it doesn't say is said in English. */
import type { FrameLook } from "../loader/look";
import { askWords } from "../shared/ask";
import { clockWords } from "../shared/clock";
import { strings } from "./strings";
import { german } from "./strings.de";

export type Strings = typeof strings;
export type Dictionary = { [Key in keyof Strings]?: Strings[Key] extends Record<string, unknown> ? Partial<Strings[Key]> : Strings[Key] };

const english = { ...strings };
const englishClock = { ...clockWords };
const englishAsk = { ...askWords };
const DICTIONARIES: Record<FrameLook["lang"], { words: Dictionary; clock: Partial<typeof clockWords>; ask: Partial<typeof askWords> }> = {
  en: { words: {}, clock: {}, ask: {} },
  de: { words: german, clock: { locale: "de", today: "Heute", yesterday: "Gestern" }, ask: { broken: "Bei uns ist etwas schiefgegangen." } },
};

let now: FrameLook["lang"] = "en";

/** What each request to the desk says: in which language it should tell the customer things, and refuse. */
export const pageHeaders = (): Record<string, string> => ({ "Baton-Language": now });

/** Put this language's words into `strings`; call it before anything is shown. */
export function speak(language: FrameLook["lang"]): void {
  now = language;
  const { words, clock, ask } = DICTIONARIES[language];
  const nested = { uploads: { ...english.uploads, ...words.uploads }, files: { ...english.files, ...words.files } };
  Object.assign(strings, english, words, nested);
  Object.assign(clockWords, englishClock, clock);
  Object.assign(askWords, englishAsk, ask);
}
