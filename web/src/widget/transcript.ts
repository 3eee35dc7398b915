/** The chat as a text file, made here from what is on the screen. */
import { saveAs } from "../shared/shelf";
import type { Placed } from "../shared/timeline";
import { strings } from "./strings";

/** One line for each message: when, who, what. */
export function transcriptOf(messages: readonly Placed[]): string {
  return messages.map((message) => `${strings.dayAndTime(new Date(message.created_at))}  ${nameOf(message)}: ${wordsOf(message)}`).join("\r\n");
}

/** Let the browser save it. */
export function saveTranscript(messages: readonly Placed[]): void {
  const url = URL.createObjectURL(new Blob([transcriptOf(messages), "\r\n"], { type: "text/plain;charset=utf-8" }));
  saveAs(url, `${strings.chatFile}-${(messages[0]?.created_at ?? "").slice(0, 10)}.txt`);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function nameOf({ author }: Placed): string {
  if (author.kind === "rep") return `${author.name ?? strings.aPerson} (${strings.person})`;
  return { bot: strings.theBot, desk: strings.desk, customer: author.name ?? strings.you }[author.kind];
}

function wordsOf({ text, buttons, attachment }: Placed): string {
  const said = attachment ? `[${text}]` : text.replace(/\r?\n/g, "\r\n    ");
  return buttons.length > 0 ? `${said} (${strings.wasAsked}: ${buttons.map(({ title }) => title).join(", ")})` : said;
}
