/** Whether the reply asks for something that stands in the brief: the desk's own rule (`handoff/asked_again.py`), read before sending. */
import rule from "../../../handoff/asked_again.json";
import { timeOfDay } from "../shared/clock";
import type { KnownFact } from "../wire";

type What = KnownFact["what"];

const ways = new Map<What, RegExp[]>(whatToWays());

/** The known facts that the text asks for and doesn't say itself. */
export function askedAgain(text: string, known: readonly KnownFact[]): KnownFact[] {
  const plain = text.toLowerCase().replace(/’/g, "'").trim().split(/\s+/).join(" ");
  const asks = (what: What) => ways.get(what)?.some((way) => way.test(plain)) ?? false;
  const said = new Set(known.filter((fact) => text.toLowerCase().includes(fact.value.toLowerCase())).map((fact) => fact.what));
  return known.filter((fact) => asks(fact.what) && !said.has(fact.what));
}

/** Where the customer said it: "told the bot", "written at 14:05", "left for e-mails"; empty for what the shop has. */
export function whereFrom({ source, at }: KnownFact): string {
  const chat = at ? `written at ${timeOfDay(at)}` : "written";
  return { bot: "told the bot", form: "left for e-mails", shop: "", chat }[source];
}

/** The hint for a rep, without a reproach in it. */
export function factWords(fact: KnownFact): string {
  const { what, value, source } = fact;
  const where = source === "chat" ? `, ${whereFrom(fact)}` : "";
  if (what === "order") return `You have the order number: ${value}${where}`;
  if (what === "email") return `You have the e-mail address: ${value}${where}`;
  if (what === "name") return `The shop knows the name: ${value}`;
  return source === "bot" ? `They've told the bot: “${value}”` : `They've written: “${value}”`;
}

function whatToWays(): [What, RegExp[]][] {
  const things: Partial<Record<What, string>> = rule.things;
  return (Object.entries(rule.more) as [What, string[]][]).map(([what, more]) => {
    const thing = things[what];
    const asks = thing === undefined ? [] : rule.asks.map((ask) => ask.replaceAll("@", thing));
    return [what, [...asks, ...more].map((way) => new RegExp(way))];
  });
}
