/** To whom a chat can be passed on: whoever is free and fits it first, each with why they can or can't take it. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Colleague, Colleagues, Place, TransferTo } from "../wire";
import { Combobox, type Option } from "./Combobox";
import { useParts } from "./context";
import { isLanguage } from "./skills";

interface TargetBoxProps {
  id: string;
  /** As `targetOf` reads it; "" until somebody is chosen. */
  to: string;
  choose: (to: string) => void;
  /** The skills that the chats need, by name. */
  needs?: readonly string[];
  /** None whose shift is about to end. */
  staying?: boolean;
  /** What can be chosen besides people. */
  besides?: readonly Option[];
}

export function TargetBox({ id, to, choose, needs = [], staying = false, besides = [] }: TargetBoxProps) {
  const { everybody, ask } = useColleagues();
  const options = everybody ? [...targets(everybody, needs, staying), ...besides] : [];
  const placeholder = everybody ? "Find by name, team or skill" : "Asking who is here";
  return <Combobox id={id} label="Who can go on" options={options} value={to} take={choose} placeholder={placeholder} onOpen={ask} />;
}

/** The target that an option stands for. */
export function targetOf(chosen: string): TransferTo {
  const [kind, ...rest] = chosen.split(" ");
  return { [kind ?? ""]: rest.join(" ") };
}

/** People who can take it, who knows most of what it needs first; teams and skills; people who can't, and why. */
export function targets({ reps, teams, skills }: Colleagues, needs: readonly string[], staying = false): Option[] {
  const titles = new Map(skills.map((skill) => [skill.id, skill.title]));
  const fit = (rep: Colleague) => needs.filter((need) => rep.skills.includes(need));
  const best = [...reps].sort((one, other) => fit(other).length - fit(one).length || one.name.localeCompare(other.name));
  const people = best.map((rep) => asOption(rep, fit(rep).map((need) => knownWords(need, titles.get(need))), staying));
  const places = [...teams.map((team) => asPlace("team", team)), ...skills.map((skill) => asPlace("skill", skill))];
  return [...people.filter((each) => !each.disabled), ...places, ...people.filter((each) => each.disabled)];
}

/** Asked for once, and again when somebody is about to choose: who is free changes by the second. */
function useColleagues(): { everybody: Colleagues | null; ask: () => void } {
  const { desk } = useParts();
  const [everybody, show] = useState<Colleagues | null>(null);
  const ask = useCallback(() => void desk.ask<Colleagues>("GET", "/api/rep/colleagues").then((answer) => answer.kind === "ok" && show(answer.body)), [desk]);
  useEffect(ask, [ask]);
  return { everybody, ask };
}

function asOption(rep: Colleague, knows: readonly string[], staying: boolean): Option {
  const leaves = rep.presence === "here" && rep.leaving;
  const words = [stateWords(rep), ...(leaves ? ["shift ends soon"] : []), ...knows, ...(rep.team ? [rep.team] : [])];
  return { id: `rep ${rep.id}`, title: rep.name, hint: words.join(", "), disabled: rep.free === 0 || (staying && rep.leaving) };
}

function stateWords({ presence, free, load, capacity }: Colleague): string {
  if (presence === "here") return free > 0 ? "free" : busyWords(load, capacity);
  return { away: "away", breather: "on a breather", gone: "not here" }[presence];
}

/** They may hold too many that sleep, or others may wait for them already. */
function busyWords(load: number, capacity: number): string {
  return load >= capacity ? `busy: ${load} of ${capacity}` : "busy";
}

function knownWords(skill: string, title: string | undefined): string {
  const words = title ?? skill;
  return isLanguage(skill) ? `speaks ${words}` : `knows ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

function asPlace(kind: "team" | "skill", { id, title, here, free }: Place): Option {
  const room = here === 0 ? "nobody here" : `${here} here, ${free === 0 ? "all busy" : `room for ${free}`}`;
  return { id: `${kind} ${id}`, title, hint: `${kind}: ${room}` };
}
