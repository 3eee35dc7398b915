/** Whether the reply asks for something that stands in the brief: the desk's own rule (`handoff/asked_again.py`), read before sending. */
import rule from "../../../handoff/asked_again.json";
import type { KnownFact } from "../wire";

type What = KnownFact["what"];

const ways = new Map<What, RegExp[]>(whatToWays());

/** The known facts that the text asks for and doesn't say itself. */
export function askedAgain(text: string, known: readonly KnownFact[]): KnownFact[] {
  const plain = text.toLowerCase().replace(/’/g, "'").trim().split(/\s+/).join(" ");
  const asks = (what: What) => ways.get(what)?.some((way) => way.test(plain)) ?? false;
  return known.filter((fact) => asks(fact.what) && !text.toLowerCase().includes(fact.value.toLowerCase()));
}

/** The hint for a rep, without a reproach in it. */
export function factWords({ what, value }: KnownFact): string {
  if (what === "order") return `You have the order number: ${value}`;
  if (what === "email") return `You have the e-mail address: ${value}`;
  if (what === "name") return `The shop knows the name: ${value}`;
  return `They've told the bot: “${value}”`;
}

function whatToWays(): [What, RegExp[]][] {
  const things: Partial<Record<What, string>> = rule.things;
  return (Object.entries(rule.more) as [What, string[]][]).map(([what, more]) => {
    const thing = things[what];
    const asks = thing === undefined ? [] : rule.asks.map((ask) => ask.replaceAll("@", thing));
    return [what, [...asks, ...more].map((way) => new RegExp(way))];
  });
}
