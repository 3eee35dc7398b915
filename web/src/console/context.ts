/** What every part of the console's page can reach. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Account } from "./account";
import type { Desk } from "./desk";
import type { Page } from "./pages";

export interface Parts {
  desk: Desk;
  account: Account;
  /** The pages beside the chats. */
  pages: readonly Page[];
}

export const PartsContext = createContext<Parts | null>(null);

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error("This part stands outside the console's page.");
  return parts;
}
