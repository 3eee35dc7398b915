/** Choices that several dialogs share. */
import type { AdminSkill, Rep } from "../../wire";
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

/** What the shop calls a skill; its name if there's none of that name any more. */
export function titleOf(skills: readonly AdminSkill[], name: string): string {
  return skills.find((skill) => skill.name === name)?.title ?? name;
}

export function nameIn(places: readonly Named[], id: string | null): string {
  return places.find((place) => place.id === id)?.name ?? "None";
}
