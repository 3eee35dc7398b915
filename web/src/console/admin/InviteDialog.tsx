/** Inviting somebody, or letting somebody choose their sign-in anew; then the link, which is shown this once. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { AdminRep, Administration, Invited } from "../../wire";
import { type Admin, troubleIn } from "./administration";
import { Choice, EditDialog, TextField } from "./EditDialog";
import { placeOptions, ROLES } from "./options";

interface InviteDialogProps {
  admin: Admin;
  all: Administration;
  /** Whose sign-in is renewed; nobody: somebody new. */
  rep?: AdminRep;
  onDone: () => void;
}

export function InviteDialog({ admin, all, rep, onDone }: InviteDialogProps) {
  const [made, setMade] = useState<Invited | null>(null);
  if (made) return <LinkDialog made={made} onDone={onDone} />;
  const save = async (read: (name: string) => string) => {
    const whom = rep ? { role: rep.role, rep_id: rep.id } : { role: read("role"), team_id: read("team_id") || null, site_id: read("site_id") || null };
    const answer = await admin.ask<Invited>("POST", "/api/admin/invitations", { email: read("email"), ...whom });
    if (answer.kind === "ok") {
      setMade(answer.body);
      await admin.load();
    }
    return troubleIn(answer);
  };
  return (
    <EditDialog title={rep ? `New sign-in for ${rep.display_name}` : "Invite somebody"} button="Make the link" save={save} onDone={() => undefined} onCancel={onDone}>
      {rep && <p class="soft">The link lets them choose a new password{rep.role === "rep" ? "" : " and set up their authenticator app anew"}. Until it's used, the old sign-in works.</p>}
      <TextField label="E-mail address" name="email" value={rep?.email ?? ""} type="email" required maxLength={254} hint={all.mail ? "The link is sent there too." : "This desk sends no e-mail: copy the link and send it yourself."} />
      {!rep && <Choice label="Role" name="role" value="rep" options={ROLES} />}
      {!rep && <Choice label="Team" name="team_id" value="" options={placeOptions(all.teams, "No team: claims by themselves")} />}
      {!rep && <Choice label="Site" name="site_id" value="" options={placeOptions(all.sites, "No site")} />}
    </EditDialog>
  );
}

function LinkDialog({ made, onDone }: { made: Invited; onDone: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const copy = () => navigator.clipboard.writeText(made.link).then(() => setCopied(true));
  return (
    <dialog ref={dialog} class="dialog edit-dialog" aria-labelledby="link-title" onClose={onDone}>
      <h2 id="link-title">The link for {made.invitation.email}</h2>
      <p class="soft">It works once, within seven days, for whoever has it. It isn't shown again.{made.mailed && " It's on its way by e-mail too."}</p>
      <div class="form-field">
        <label for="link">Link</label>
        <input class="field" id="link" readOnly value={made.link} onFocus={(event) => event.currentTarget.select()} />
      </div>
      <div class="dialog-steps">
        <button type="button" class="button" onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </button>
        <button type="button" class="button button-main" onClick={onDone}>
          Done
        </button>
      </div>
    </dialog>
  );
}
