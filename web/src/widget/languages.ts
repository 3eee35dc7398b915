/** The languages of the widget's own words. A dictionary may be incomplete: what it doesn't say is said in English. */
import type { FrameLook } from "../loader/look";
import { clockWords } from "../shared/clock";
import { strings } from "./strings";
import { german } from "./strings.de";

export type Strings = typeof strings;
export type Dictionary = { [Key in keyof Strings]?: Strings[Key] extends Record<string, unknown> ? Partial<Strings[Key]> : Strings[Key] };

const english = { ...strings };
const englishClock = { ...clockWords };
const DICTIONARIES: Record<FrameLook["lang"], { words: Dictionary; clock: Partial<typeof clockWords> }> = {
  en: { words: {}, clock: {} },
  de: { words: german, clock: { locale: "de", today: "Heute", yesterday: "Gestern" } },
};

/** Put this language's words into `strings`; call it before anything is shown. */
export function speak(language: FrameLook["lang"]): void {
  const { words, clock } = DICTIONARIES[language];
  const nested = { uploads: { ...english.uploads, ...words.uploads }, files: { ...english.files, ...words.files } };
  Object.assign(strings, english, words, nested);
  Object.assign(clockWords, englishClock, clock);
}
