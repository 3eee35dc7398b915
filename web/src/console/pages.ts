/** The console's pages beside the chats: each has a hash, and roles that may see it. Its code is loaded when it's opened. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Rep } from "../wire";

export interface Page {
  /** As in the address: "#figures". */
  hash: string;
  title: string;
  roles: readonly Rep["role"][];
  load: () => Promise<ComponentType>;
}

/** All of them, in the order in which the console links to them. */
export const pages: readonly Page[] = [
  { hash: "#lead", title: "Centre", roles: ["lead", "admin"], load: async () => (await import("./lead/LeadPage")).LeadPage },
  { hash: "#figures", title: "Figures", roles: ["lead", "admin"], load: async () => (await import("./figures/Figures")).Figures },
  { hash: "#admin", title: "Admin", roles: ["lead", "admin"], load: () => import("./admin/AdminPage").then(({ AdminPage }) => AdminPage) },
  { hash: "#me", title: "You", roles: ["rep", "lead", "admin"], load: () => import("./Me").then(({ Me }) => Me) },
];

/** The address's hash, as `followHash` last saw it. */
export const hash = signal(location.hash);

/** Keep `hash` in step with the address; returns how to stop. */
export function followHash(): () => void {
  const look = () => (hash.value = location.hash);
  look();
  addEventListener("hashchange", look);
  return () => removeEventListener("hashchange", look);
}

/** The pages that somebody of this role may open. */
export function pagesFor(role: Rep["role"], all: readonly Page[]): Page[] {
  return all.filter((page) => page.roles.includes(role));
}

/** The page at a hash; null for the chats, and for what isn't this role's. */
export function pageAt(at: string, role: Rep["role"], all: readonly Page[]): Page | null {
  return pagesFor(role, all).find((page) => page.hash === at) ?? null;
}

/** Whether somebody of this role may look at others' chats and take them over. */
export function isLead(role: Rep["role"] | undefined): boolean {
  return role === "lead" || role === "admin";
}

/** Back to the chats. */
export function showChats(): void {
  if (location.hash) location.hash = "";
}
