/** Finds the links in a text. Only http, https and mailto; everything else stays text. */

export interface Piece {
  text: string;
  /** Where it leads, if it's a link. */
  href?: string;
}

// Direction marks end a link: they could make an address read differently from where it leads.
const CANDIDATE = /\b(?:https?:\/\/|mailto:)[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const TRAILING = /[.,;:!?…'"]+$/u;
const SAFE = new Set(["http:", "https:", "mailto:"]);

/** The text in pieces, in order; joined they give the text again. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const link = trimmed(match[0]);
    const href = safeAddress(link);
    if (!href) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: link, href });
    from = match.index + link.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function trimmed(candidate: string): string {
  const link = candidate.replace(TRAILING, "");
  const open = link.split("(").length;
  const closed = link.split(")").length;
  return link.endsWith(")") && closed > open ? trimmed(link.slice(0, -1)) : link;
}

function safeAddress(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  const leadsSomewhere = url.protocol === "mailto:" ? url.pathname.includes("@") : url.hostname !== "";
  return SAFE.has(url.protocol) && leadsSomewhere ? url.href : null;
}
