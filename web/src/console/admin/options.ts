/** Choices that several dialogs share. */
import type { Rep } from "../../wire";
import type { Options } from "./EditDialog";

export const ROLES: readonly (readonly [Rep["role"], string])[] = [
  ["rep", "Rep"],
  ["lead", "Lead"],
  ["writer", "Writer"],
  ["admin", "Admin"],
];

interface Named {
  id: string;
  name: string;
}

/** "Nowhere", then each by name. */
export function placeOptions(places: readonly Named[], none: string): Options {
  return [["", none], ...places.map(({ id, name }) => [id, name] as const)];
}

export function nameIn(places: readonly Named[], id: string | null): string {
  return places.find((place) => place.id === id)?.name ?? "None";
}
