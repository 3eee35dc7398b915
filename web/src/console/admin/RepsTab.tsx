/** Accounts: who may do what, where, how much and how well. Leads change where, how much and how well. */
import { useState } from "preact/hooks";
import type { AdminRep, Administration, RepSkill } from "../../wire";
import type { Admin } from "./administration";
import { Check, Choice, EditDialog, TextField } from "./EditDialog";
import { InviteDialog } from "./InviteDialog";
import { nameIn, placeOptions, ROLES } from "./options";
import { Table } from "./Table";

const LEVELS = [
  ["0", "No"],
  ["1", "1: a little"],
  ["2", "2: well"],
  ["3", "3: best"],
] as const;

export function RepsTab({ admin, all, isAdmin }: { admin: Admin; all: Administration; isAdmin: boolean }) {
  const [wanted, setWanted] = useState("");
  const [edited, setEdited] = useState<AdminRep | null>(null);
  const [renewed, setRenewed] = useState<AdminRep | null>(null);
  const found = all.reps.filter((rep) => `${rep.name} ${rep.display_name}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <>
      <div class="tab-steps">
        <label for="find-rep">Find</label>
        <input class="field field-small" id="find-rep" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </div>
      <Table head={["Name", "Role", "Team", "Site", "Chats at once", "Skills", ""]} empty="Nobody by this name.">
        {found.map((rep) => (
          <tr key={rep.id}>
            <th scope="row">
              <bdi>{rep.display_name}</bdi> <span class="soft">{rep.name}</span> {rep.disabled && <span class="badge badge-warn">May not sign in</span>}
            </th>
            <td data-label="Role">{ROLES.find(([role]) => role === rep.role)?.[1]}</td>
            <td data-label="Team">{nameIn(all.teams, rep.team_id)}</td>
            <td data-label="Site">{nameIn(all.sites, rep.site_id)}</td>
            <td data-label="Chats at once">{rep.capacity}</td>
            <td data-label="Skills">{rep.skills.map(({ skill, level }) => `${skill} ${level}`).join(", ") || "None"}</td>
            <td class="row-steps">
              <button type="button" class="button" onClick={() => setEdited(rep)} aria-label={`Change ${rep.display_name}`}>
                Change
              </button>
              {isAdmin && !rep.disabled && (
                <button type="button" class="button button-quiet" onClick={() => setRenewed(rep)} aria-label={`New sign-in for ${rep.display_name}`}>
                  New sign-in
                </button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {edited && <RepDialog admin={admin} all={all} rep={edited} isAdmin={isAdmin} onDone={() => setEdited(null)} />}
      {renewed && <InviteDialog admin={admin} all={all} rep={renewed} onDone={() => setRenewed(null)} />}
    </>
  );
}

interface RepDialogProps {
  admin: Admin;
  all: Administration;
  rep: AdminRep;
  isAdmin: boolean;
  onDone: () => void;
}

function RepDialog({ admin, all, rep, isAdmin, onDone }: RepDialogProps) {
  const save = (read: (name: string) => string) => {
    const account = isAdmin
      ? { display_name: read("display_name"), role: read("role"), disabled: read("disabled") === "yes" }
      : { display_name: rep.display_name, role: rep.role, disabled: rep.disabled };
    const place = { team_id: read("team_id") || null, site_id: read("site_id") || null, capacity: Number(read("capacity")) };
    const skills = all.skills.map(({ name }): RepSkill => ({ skill: name, level: Number(read(`skill-${name}`)) })).filter(({ level }) => level > 0);
    return admin.save("PUT", `reps/${rep.id}`, { revision: rep.revision, ...account, ...place, skills }, `${rep.display_name} is changed.`);
  };
  return (
    <EditDialog title={`Change ${rep.display_name}`} save={save} onDone={onDone}>
      {isAdmin && <TextField label="Name that customers see" name="display_name" value={rep.display_name} required maxLength={80} />}
      {isAdmin && <Choice label="Role" name="role" value={rep.role} options={ROLES} />}
      <Choice label="Team" name="team_id" value={rep.team_id ?? ""} options={placeOptions(all.teams, "No team: claims by themselves")} />
      <Choice label="Site" name="site_id" value={rep.site_id ?? ""} options={placeOptions(all.sites, "No site")} />
      <TextField label="Chats at once" name="capacity" value={String(rep.capacity)} type="number" min={1} max={20} required hint="Chats that need an answer now." />
      <fieldset class="form-group">
        <legend>Skills</legend>
        {all.skills.length === 0 && <p class="soft">There are no skills yet.</p>}
        {all.skills.map(({ name, title }) => (
          <Choice key={name} label={title} name={`skill-${name}`} value={String(rep.skills.find(({ skill }) => skill === name)?.level ?? 0)} options={LEVELS} />
        ))}
      </fieldset>
      {isAdmin && <Check label="May not sign in" name="disabled" checked={rep.disabled} />}
      {isAdmin && <p class="hint">Another role, or “May not sign in”, signs them out and gives their chats back to the queue.</p>}
    </EditDialog>
  );
}
