/** What every part of the widget's page can reach, without handing it through each level. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Widget } from "./start";

export interface Parts {
  widget: Widget;
  /** Ask the shop's page to shut the chat. */
  shut: () => void;
  /** Whether the desk can send e-mail. */
  mail?: boolean;
  /** The chat was opened by the link in a mail: one chat, on a page of its own, and people only. */
  byLink?: boolean;
}

export const PartsContext = createContext<Parts | null>(null);

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error("This part stands outside the widget's page.");
  return parts;
}
