/** Teams, and sites with their hours. */
import { useState } from "preact/hooks";
import type { AdminSite, AdminTeam, Administration } from "../../wire";
import type { Admin } from "./administration";
import { Check, Choice, EditDialog, TextArea, TextField } from "./EditDialog";
import { WeekFields } from "./HoursFields";
import { Table } from "./Table";
import { linesOf, readHolidays, readWeek, weekWords } from "./times";

const MODES = [
  ["push", "Push: chats are offered to them, the fittest first"],
  ["pull", "Pull: they claim by themselves"],
] as const;

interface TabProps {
  admin: Admin;
  all: Administration;
  isAdmin: boolean;
}

export function TeamsTab({ admin, all, isAdmin }: TabProps) {
  const [edited, setEdited] = useState<AdminTeam | "new" | null>(null);
  const size = (team: AdminTeam) => all.reps.filter((rep) => rep.team_id === team.id && !rep.disabled).length;
  return (
    <>
      {isAdmin && <Add words="Add a team" onClick={() => setEdited("new")} />}
      <Table head={["Team", "How chats come", "People", ""]} empty="There are no teams yet. Without one, reps claim by themselves.">
        {all.teams.map((team) => (
          <tr key={team.id}>
            <th scope="row">
              <bdi>{team.name}</bdi>
            </th>
            <td data-label="How chats come">{team.mode === "push" ? "Push" : "Pull"}</td>
            <td data-label="People">{size(team)}</td>
            <td class="row-steps">{isAdmin && <Change name={team.name} onClick={() => setEdited(team)} />}</td>
          </tr>
        ))}
      </Table>
      {edited && <TeamDialog admin={admin} team={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
    </>
  );
}

function TeamDialog({ admin, team, onDone }: { admin: Admin; team: AdminTeam | null; onDone: () => void }) {
  const save = (read: (name: string) => string) => {
    const body = { revision: team?.revision ?? "", name: read("name"), mode: read("mode") };
    return admin.save(team ? "PUT" : "POST", team ? `teams/${team.id}` : "teams", body, `The team ${body.name} is saved.`);
  };
  return (
    <EditDialog title={team ? `Change ${team.name}` : "Add a team"} save={save} onDone={onDone}>
      <TextField label="Name" name="name" value={team?.name ?? ""} required maxLength={80} />
      <Choice label="How chats come" name="mode" value={team?.mode ?? "push"} options={MODES} />
    </EditDialog>
  );
}

export function SitesTab({ admin, all, isAdmin }: TabProps) {
  const [edited, setEdited] = useState<AdminSite | "new" | null>(null);
  return (
    <>
      {isAdmin && <Add words="Add a site" onClick={() => setEdited("new")} />}
      <Table head={["Site", "Time zone", "Hours", "Holidays", ""]} empty="There are no sites yet. Without one, the shop's chat is always open.">
        {all.sites.map((site) => (
          <tr key={site.id}>
            <th scope="row">
              <bdi>{site.name}</bdi> {site.disabled && <span class="badge badge-warn">Out of use</span>}
            </th>
            <td data-label="Time zone">
              <Zone name={site.time_zone} />
            </td>
            <td data-label="Hours">{weekWords(site.hours)}</td>
            <td data-label="Holidays">{site.holidays.length}</td>
            <td class="row-steps">{isAdmin && <Change name={site.name} onClick={() => setEdited(site)} />}</td>
          </tr>
        ))}
      </Table>
      {edited && <SiteDialog admin={admin} site={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
    </>
  );
}

/** A long one breaks after its slashes only. */
function Zone({ name }: { name: string }) {
  return (
    <>
      {name.split(/(?<=\/)/).map((part) => (
        <>
          {part}
          <wbr />
        </>
      ))}
    </>
  );
}

function SiteDialog({ admin, site, onDone }: { admin: Admin; site: AdminSite | null; onDone: () => void }) {
  const save = async (read: (name: string) => string) => {
    const hours = readWeek(read);
    if (typeof hours === "string") return hours;
    const holidays = readHolidays(read("holidays"));
    if (!holidays) return "Write each holiday on a line of its own, as 2026-12-25 Christmas.";
    const times = { hours, holidays, disabled: read("disabled") === "yes" };
    const body = { revision: site?.revision ?? "", name: read("name"), time_zone: read("time_zone"), ...times };
    return admin.save(site ? "PUT" : "POST", site ? `sites/${site.id}` : "sites", body, `The site ${body.name} is saved.`);
  };
  const zone = site?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <EditDialog title={site ? `Change ${site.name}` : "Add a site"} save={save} onDone={onDone}>
      <TextField label="Name" name="name" value={site?.name ?? ""} required maxLength={80} />
      <TextField label="Time zone" name="time_zone" value={zone} required list="time-zones" hint="Such as Europe/London." />
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <WeekFields hours={site?.hours ?? []} hint="As 09:00-12:30, 13:30-17:00. Empty: closed. A night shift goes to 24:00 and on from 00:00 the next day." />
      <TextArea label="Holidays" name="holidays" value={linesOf(site?.holidays ?? [])} hint="One a line, as 2026-12-25 Christmas." />
      {site && <Check label="Out of use" name="disabled" checked={site.disabled} />}
    </EditDialog>
  );
}

export function Add({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <div class="tab-steps">
      <button type="button" class="button button-main" onClick={onClick}>
        {words}
      </button>
    </div>
  );
}

export function Change({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button type="button" class="button" onClick={onClick} aria-label={`Change ${name}`}>
      Change
    </button>
  );
}
