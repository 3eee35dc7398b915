/** To whom a chat can be passed on: colleagues, teams, skills, with how many of each are here. */
import { useEffect, useState } from "preact/hooks";
import type { Colleague, Colleagues, Place, TransferTo } from "../wire";
import { useParts } from "./context";

/** The options of a list to choose from. `staying`: none whose shift is about to end. */
export function Targets({ everybody: { reps, teams, skills }, staying = false }: { everybody: Colleagues; staying?: boolean }) {
  return (
    <>
      <optgroup label="Colleagues">
        {reps.map((rep) => (
          <option key={rep.id} value={`rep ${rep.id}`} disabled={rep.free === 0 || (staying && rep.leaving)}>
            {rep.name} ({freeWords(rep)})
          </option>
        ))}
      </optgroup>
      <Places title="Teams" kind="team" places={teams} />
      <Places title="Whoever knows about" kind="skill" places={skills} />
    </>
  );
}

function Places({ title, kind, places }: { title: string; kind: "team" | "skill"; places: Place[] }) {
  if (places.length === 0) return null;
  return (
    <optgroup label={title}>
      {places.map((place) => (
        <option key={place.id} value={`${kind} ${place.id}`}>
          {place.title} ({place.here} here)
        </option>
      ))}
    </optgroup>
  );
}

/** Everybody, asked for once; null until the desk has answered. */
export function useColleagues(): Colleagues | null {
  const { desk } = useParts();
  const [everybody, show] = useState<Colleagues | null>(null);
  useEffect(() => {
    void desk.ask<Colleagues>("GET", "/api/rep/colleagues").then((answer) => answer.kind === "ok" && show(answer.body));
  }, [desk]);
  return everybody;
}

function freeWords({ presence, free, leaving }: Colleague): string {
  if (presence === "here" && leaving) return "shift ends";
  if (presence === "here") return free === 0 ? "can't take another now" : `can take ${free}`;
  return presence === "gone" ? "not here" : "on a break";
}

/** The target that an option stands for. */
export function targetOf(chosen: string): TransferTo {
  const [kind, ...rest] = chosen.split(" ");
  return { [kind ?? ""]: rest.join(" ") };
}
