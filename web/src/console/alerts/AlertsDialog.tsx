/** What alerts the rep, and how. Each change counts at once. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useParts } from "../context";
import { Dialog } from "../Dialog";
import { askPermission, permission } from "./notices";
import type { AlertSettings, When } from "./settings";

const WHEN: Record<keyof When, string> = {
  wrote: "A customer writes in a chat of yours that you aren't looking at",
  given: "A chat is given or offered to you",
  waits: "Somebody new waits while you have no chats",
  due: "A promised call or answer is due",
};

export function AlertsDialog({ onDone }: { onDone: () => void }) {
  const { alerts } = useParts().desk;
  return (
    <Dialog labelledBy="alerts-title" className="alerts" onClose={onDone}>
      <h2 id="alerts-title">Alerts</h2>
      <p class="soft">Kept in this browser. With several tabs of the console, one of them rings.</p>
      <fieldset class="form-field">
        <legend>How</legend>
        <Switch name="sound">
          Sound
          <button type="button" class="button" onClick={() => alerts.bell.ring()}>
            Play a test
          </button>
        </Switch>
        <p class="hint">A browser keeps a page silent until you have clicked or typed in it once.</p>
        <Switch name="title">Number of unread chats and due promises in the tab&rsquo;s title</Switch>
        <DesktopSwitch />
      </fieldset>
      <fieldset class="form-field">
        <legend>When</legend>
        {(Object.keys(WHEN) as (keyof When)[]).map((name) => (
          <Switch key={name} name={name}>
            {WHEN[name]}
          </Switch>
        ))}
      </fieldset>
      <div class="dialog-steps">
        <button type="button" class="button button-main" onClick={onDone}>
          Done
        </button>
      </div>
    </Dialog>
  );
}

function Switch({ name, children }: { name: keyof AlertSettings; children: ComponentChildren }) {
  const { settings } = useParts().desk.alerts;
  const [words, ...beside] = Array.isArray(children) ? (children as ComponentChildren[]) : [children];
  return (
    <div class="alert-line">
      <label>
        <input type="checkbox" checked={settings.now.value[name]} onChange={(event) => settings.change({ [name]: event.currentTarget.checked })} /> {words}
      </label>
      {beside}
    </div>
  );
}

/** Permission is asked for when it's turned on, never before. */
function DesktopSwitch() {
  const { settings } = useParts().desk.alerts;
  const [allowed, setAllowed] = useState(permission());
  const on = settings.now.value.desktop && allowed === "granted";
  const turn = async (event: Event) => {
    const box = event.currentTarget as HTMLInputElement;
    const wanted = box.checked;
    const answer = wanted ? await askPermission() : allowed;
    setAllowed(answer);
    settings.change({ desktop: wanted && answer === "granted" });
    box.checked = wanted && answer === "granted"; // what was refused isn't on, though it was clicked
  };
  return (
    <>
      <label class="alert-line">
        <input type="checkbox" checked={on} disabled={allowed === "unable"} onChange={(event) => void turn(event)} /> Notification on the desktop
      </label>
      {on && (
        <div class="alert-under">
          <Switch name="words">Show the customer&rsquo;s words in it</Switch>
        </div>
      )}
      <p class="hint" role="status">
        {TROUBLE[allowed]}
      </p>
    </>
  );
}

const TROUBLE = {
  granted: "",
  default: "",
  denied: "The browser doesn't let this page show any. Allow them in its settings for this site, then turn it on here.",
  unable: "This browser has none.",
} as const;
