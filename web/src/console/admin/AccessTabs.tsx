/** Invitations and settings: for admins only. */
import { useState } from "preact/hooks";
import type { AdminInvitation, Administration, AdminSetting } from "../../wire";
import type { Admin } from "./administration";
import { InviteDialog } from "./InviteDialog";
import { nameIn, ROLES } from "./options";
import { Add } from "./PlacesTabs";
import { Table } from "./Table";

interface TabProps {
  admin: Admin;
  all: Administration;
}

const STATES = { open: "Open", used: "Used", withdrawn: "Withdrawn", expired: "Expired" } as const;

export function InvitationsTab({ admin, all }: TabProps) {
  const [inviting, setInviting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const withdraw = async ({ id, email }: AdminInvitation) => {
    setRefusal(await admin.save("POST", `invitations/${id}/withdraw`, {}, `The invitation of ${email} is withdrawn.`));
  };
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
  return (
    <>
      <Add words="Invite somebody" onClick={() => setInviting(true)} />
      {refusal && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
      <Table head={["For", "Role", "Team", "By", "Until", "State", ""]} empty="Nobody was invited yet.">
        {all.invitations.map((each) => (
          <tr key={each.id}>
            <th scope="row">
              <bdi>{each.email}</bdi> {each.rep_id && <span class="badge">New sign-in</span>}
            </th>
            <td data-label="Role">{ROLES.find(([role]) => role === each.role)?.[1]}</td>
            <td data-label="Team">{nameIn(all.teams, each.team_id)}</td>
            <td data-label="By">{each.made_by}</td>
            <td data-label="Until">{day.format(new Date(each.expires_at))}</td>
            <td data-label="State">{STATES[each.state]}</td>
            <td class="row-steps">
              {each.state === "open" && (
                <button type="button" class="button" onClick={() => void withdraw(each)} aria-label={`Withdraw the invitation of ${each.email}`}>
                  Withdraw
                </button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {inviting && <InviteDialog admin={admin} all={all} onDone={() => setInviting(false)} />}
    </>
  );
}

export function SettingsTab({ admin, all }: TabProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = async ({ name, revision }: AdminSetting, value: boolean) => {
    setRefusal(await admin.save("PUT", `settings/${name}`, { revision, value }, "The setting is saved."));
  };
  return (
    <>
      {all.settings.map((setting) => (
        <p class="form-check" key={setting.name}>
          <label>
            <input type="checkbox" checked={setting.value} onChange={(event) => void change(setting, event.currentTarget.checked)} /> {setting.title}
          </label>
        </p>
      ))}
      <p class="soft">
        {all.mail ? "This desk sends e-mail." : "This desk sends no e-mail. Set BATON_SMTP_HOST to have it."}
      </p>
      <p class="refusal" role="alert">
        {refusal}
      </p>
    </>
  );
}
