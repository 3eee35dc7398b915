/** One account: for leads where, when, how much and how well somebody works; for admins also who may do what. */
import { useState } from "preact/hooks";
import type { AdminRep, Administration, AdminSite, RepDay, RepSkill } from "../../wire";
import type { Admin } from "./administration";
import { Check, Choice, EditDialog, TextField } from "./EditDialog";
import { DayFields, daysToCome, readDays, WeekFields } from "./HoursFields";
import { placeOptions, ROLES } from "./options";
import { readWeek, weekWords } from "./times";

const LEVELS = [
  ["0", "No"],
  ["1", "1: a little"],
  ["2", "2: well"],
  ["3", "3: best"],
] as const;

interface RepDialogProps {
  admin: Admin;
  all: Administration;
  rep: AdminRep;
  isAdmin: boolean;
  onDone: () => void;
}

export function RepDialog({ admin, all, rep, isAdmin, onDone }: RepDialogProps) {
  const [siteId, setSiteId] = useState(rep.site_id ?? "");
  const [days, setDays] = useState<readonly RepDay[]>(daysToCome(rep.days));
  const site = all.sites.find(({ id }) => id === siteId);
  const save = async (read: (name: string) => string) => {
    const account = isAdmin
      ? { display_name: read("display_name"), role: read("role"), disabled: read("disabled") === "yes" }
      : { display_name: rep.display_name, role: rep.role, disabled: rep.disabled };
    const place = { team_id: read("team_id") || null, site_id: siteId || null, capacity: Number(read("capacity")) };
    const skills = all.skills.map(({ name }): RepSkill => ({ skill: name, level: Number(read(`skill-${name}`)) })).filter(({ level }) => level > 0);
    const hours = readWeek(read, true);
    if (typeof hours === "string") return hours;
    const different = readDays(days, read, hours.length > 0 ? hours : (site?.hours ?? []));
    if (typeof different === "string") return different;
    const body = { revision: rep.revision, ...account, ...place, skills, hours, days: different };
    return admin.save("PUT", `reps/${rep.id}`, body, `${rep.display_name} is changed.`);
  };
  return (
    <EditDialog title={`Change ${rep.display_name}`} save={save} onDone={onDone}>
      {isAdmin && <TextField label="Name that customers see" name="display_name" value={rep.display_name} required maxLength={80} />}
      {isAdmin && <Choice label="Role" name="role" value={rep.role} options={ROLES} />}
      <Choice label="Team" name="team_id" value={rep.team_id ?? ""} options={placeOptions(all.teams, "No team: claims by themselves")} />
      <Choice label="Site" name="site_id" value={siteId} options={placeOptions(all.sites, "No site")} onChoose={setSiteId} />
      <TextField label="Chats at once" name="capacity" value={String(rep.capacity)} type="number" min={1} max={20} required hint="Chats that need an answer now." />
      <fieldset class="form-group">
        <legend>Skills</legend>
        {all.skills.length === 0 && <p class="soft">There are no skills yet.</p>}
        {all.skills.map(({ name, title }) => (
          <Choice key={name} label={title} name={`skill-${name}`} value={String(rep.skills.find(({ skill }) => skill === name)?.level ?? 0)} options={LEVELS} />
        ))}
      </fieldset>
      <WeekFields hours={rep.hours} hint={weekHint(site)} />
      <DayFields days={days} onChange={setDays} />
      {isAdmin && <Check label="May not sign in" name="disabled" checked={rep.disabled} />}
      {isAdmin && <p class="hint">Another role, or “May not sign in”, signs them out and gives their chats back to the queue.</p>}
    </EditDialog>
  );
}

function weekHint(site: AdminSite | undefined): string {
  if (!site) return "Without a site somebody is always on shift. Choose a site to set hours on its clock.";
  return `As 09:00-12:30, 13:30-17:00, on ${site.name}'s clock; 22:00-06:00 ends the next morning. All seven empty: ${site.name}'s hours (${weekWords(site.hours)}).`;
}
