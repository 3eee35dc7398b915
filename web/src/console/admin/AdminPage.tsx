/** The page for leads and admins: reps, teams, sites, skills, macros, e-mail; for admins also invitations and settings. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useParts } from "../context";
import { InvitationsTab, SettingsTab } from "./AccessTabs";
import { Admin } from "./administration";
import { MailTab } from "./MailTab";
import { SitesTab, TeamsTab } from "./PlacesTabs";
import { RepsTab } from "./RepsTab";
import { MacrosTab, SkillsTab } from "./WordsTabs";

const TABS = [
  { name: "Reps", Shown: RepsTab, adminOnly: false },
  { name: "Teams", Shown: TeamsTab, adminOnly: false },
  { name: "Sites and hours", Shown: SitesTab, adminOnly: false },
  { name: "Skills", Shown: SkillsTab, adminOnly: false },
  { name: "Macros", Shown: MacrosTab, adminOnly: false },
  { name: "E-mail", Shown: MailTab, adminOnly: false },
  { name: "Invitations", Shown: InvitationsTab, adminOnly: true },
  { name: "Settings", Shown: SettingsTab, adminOnly: true },
] as const;

export function AdminPage() {
  const { desk, account } = useParts();
  const admin = useMemo(() => new Admin(desk.ask), [desk]);
  useEffect(() => void admin.load(), [admin]);
  const [at, setAt] = useState(0);
  const isAdmin = account.rep.value?.role === "admin";
  const tabs = TABS.filter(({ adminOnly }) => isAdmin || !adminOnly);
  const all = admin.shown.value;
  const { Shown } = tabs[at] ?? TABS[0];
  const choose = (number: number) => {
    admin.news.value = "";
    setAt(number);
  };
  return (
    <>
      <TabList names={tabs.map(({ name }) => name)} at={at} onChoose={choose} />
      <section class="tab" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${at}`} tabIndex={-1}>
        {all ? <Shown admin={admin} all={all} isAdmin={isAdmin} /> : <p role="status">{admin.trouble.value ?? "One moment"}</p>}
      </section>
      <p class="tab-news" role="status">
        {admin.news.value}
      </p>
    </>
  );
}

function TabList({ names, at, onChoose }: { names: readonly string[]; at: number; onChoose: (at: number) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent) => {
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const chosen = (next + names.length) % names.length;
    onChoose(chosen);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[chosen]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Administration" ref={list} onKeyDown={go}>
      {names.map((name, number) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${number}`}
          class="tab-name"
          aria-selected={number === at}
          aria-controls="tab-panel"
          tabIndex={number === at ? 0 : -1}
          onClick={() => onChoose(number)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
