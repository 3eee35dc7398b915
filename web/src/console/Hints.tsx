/** What the bot noticed beside the topic: how the customer sounds, what its check was answered, what else they want. */
import type { Brief, Tone } from "../wire";
import { languageName } from "./skills";
import { inWords } from "./topics";

interface Hint {
  says: string;
  /** The customer's own words that led to it. */
  because?: readonly string[];
  warns?: boolean;
}

export function Hints({ brief }: { brief: Brief }) {
  const hints = hintsOf(brief);
  if (hints.length === 0) return null;
  return (
    <ul class="hints">
      {hints.map((hint) => (
        <li key={hint.says} class={hint.warns ? "warns" : undefined}>
          {hint.says}
          {(hint.because ?? []).map((words, place) => (
            <span key={words}>
              {place === 0 ? ": " : ", "}
              <bdi class="said-so">{words}</bdi>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function hintsOf({ tone, check, also, language, page_language: page }: Brief): Hint[] {
  return [
    ...(tone ? toneHints(tone) : []),
    ...(check === "no" ? [{ says: "Told the bot that it isn't solved", warns: true }] : []),
    ...(check === "yes" ? [{ says: "Told the bot earlier that it was solved" }] : []),
    ...(also.length > 0 ? [{ says: `Also asked about: ${also.map(inWords).join(", ")}` }] : []),
    ...(language ? [{ says: `Writes in ${inEnglish(language)}` }] : []),
    ...(page ? [{ says: `Reads our notices in ${inEnglish(page)}` }] : []),
  ];
}

function toneHints(tone: Tone): Hint[] {
  return [
    ...(tone.upset ? [{ says: "Sounds upset", because: tone.upset_words, warns: true }] : []),
    ...(tone.unliteral ? [{ says: "May not mean it literally", because: tone.unliteral_words }] : []),
  ];
}

const inEnglish = (language: string) => languageName(language) ?? "another language";
