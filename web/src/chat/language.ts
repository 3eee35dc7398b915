/** Which language the page speaks: the letter's, as its link says, else the browser's first that it can. */
import { type FrameLook, LANGUAGES } from "../loader/look";

export function languageOf(search: string, browser: readonly string[]): FrameLook["lang"] {
  const wanted = [new URLSearchParams(search).get("lang") ?? "", ...browser].map((each) => each.toLowerCase().split("-")[0]);
  return wanted.flatMap((each) => LANGUAGES.filter((known) => known === each))[0] ?? "en";
}
