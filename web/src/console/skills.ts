/** Skills by their names. A language is one too, called `lang_` and its code. */
const LANGUAGE = "lang_";

export const isLanguage = (skill: string) => skill.startsWith(LANGUAGE);

/** "Spanish" for "lang_es"; its code where this browser has no name for it. */
export function languageOf(skill: string): string {
  const code = skill.slice(LANGUAGE.length);
  return languageName(code) ?? code.toUpperCase();
}

/** "Spanish" for "es"; null where this browser has no name for it, and for "und", a language that couldn't be told. */
export function languageName(code: string): string | null {
  if (code === "und") return null;
  try {
    return new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(code) ?? null;
  } catch {
    return null;
  }
}
