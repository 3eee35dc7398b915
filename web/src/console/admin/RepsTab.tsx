/** Accounts: who may do what, where, when, how much and how well. */
import { useState } from "preact/hooks";
import type { AdminRep, Administration } from "../../wire";
import type { Admin } from "./administration";
import { daysToCome } from "./HoursFields";
import { InviteDialog } from "./InviteDialog";
import { nameIn, ROLES, titleOf } from "./options";
import { RepDialog } from "./RepDialog";
import { Table } from "./Table";
import { weekWords } from "./times";

export function RepsTab({ admin, all, isAdmin }: { admin: Admin; all: Administration; isAdmin: boolean }) {
  const [wanted, setWanted] = useState("");
  const [edited, setEdited] = useState<AdminRep | null>(null);
  const [renewed, setRenewed] = useState<AdminRep | null>(null);
  const found = all.reps.filter((rep) => isNamed(rep, wanted));
  return (
    <>
      <Find typed={wanted} onType={setWanted} />
      <Table head={["Name", "Role", "Team", "Site", "Hours", "Chats at once", "Skills", ""]} empty="Nobody by this name.">
        {found.map((rep) => (
          <tr key={rep.id}>
            <th scope="row">
              <bdi>{rep.display_name}</bdi> <span class="soft">{rep.name}</span> {rep.disabled && <span class="badge badge-warn">May not sign in</span>}
            </th>
            <td data-label="Role">{ROLES.find(([role]) => role === rep.role)?.[1]}</td>
            <td data-label="Team">{nameIn(all.teams, rep.team_id)}</td>
            <td data-label="Site">{nameIn(all.sites, rep.site_id)}</td>
            <td data-label="Hours">{hoursWords(rep)}</td>
            <td data-label="Chats at once">{rep.capacity}</td>
            <td data-label="Skills">{skillWords(all, rep)}</td>
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

function Find({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  return (
    <div class="tab-steps">
      <label for="find-rep">Find</label>
      <input class="field field-small" id="find-rep" type="search" value={typed} onInput={(event) => onType(event.currentTarget.value)} />
    </div>
  );
}

function isNamed(rep: AdminRep, wanted: string): boolean {
  return `${rep.name} ${rep.display_name}`.toLowerCase().includes(wanted.toLowerCase());
}

/** "Spanish 2, Billing 3", by what the shop calls them. */
function skillWords(all: Administration, rep: AdminRep): string {
  const titled = rep.skills.map(({ skill, level }) => `${titleOf(all.skills, skill)} ${level}`);
  return titled.join(", ") || "None";
}

function hoursWords(rep: AdminRep): string {
  if (rep.site_id === null) return "Always";
  const week = rep.hours.length > 0 ? weekWords(rep.hours) : "The site's";
  const different = daysToCome(rep.days).length;
  return different === 0 ? week : `${week}; ${different === 1 ? "one day differs" : `${different} days differ`}`;
}
