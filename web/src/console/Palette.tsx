/** Ctrl+K: everything that can be reached or done, by a few letters of its name. */
import { useState } from "preact/hooks";
import { focusComposer, insertWords } from "./box";
import { type Choice, Choices, pointsAt, useChoices } from "./Choices";
import { type Parts, useParts } from "./context";
import { Dialog } from "./Dialog";
import { filled, type Fields } from "./fields";
import { handle } from "./keymap";
import { signOut } from "./leaving";
import { hasWords } from "./macros";
import { isLead, pagesFor, showChats } from "./pages";
import { inWords } from "./topics";
import { useFields } from "./use-fields";

const MENU = "palette-menu";

export function Palette({ onClose }: { onClose: () => void }) {
  const parts = useParts();
  const fields = useFields(parts.desk.selected.value ?? "");
  const [typed, setTyped] = useState("");
  const found = everything(parts, fields).filter((choice) => hasWords(`${choice.title} ${choice.hint ?? ""}`, typed.trim()));
  // Closed first: what is chosen may open another dialog or take the keyboard.
  const choices = found.map((choice) => ({ ...choice, run: after(onClose, choice.run) }));
  const { active, keys } = useChoices(choices, typed, onClose);
  return (
    <Dialog labelledBy="palette-title" className="palette" onClose={onClose}>
      <h2 id="palette-title" class="hidden-words">
        Find a chat, an answer or a step
      </h2>
      <input
        class="field"
        aria-labelledby="palette-title"
        placeholder="Find a chat, an answer or a step"
        autocomplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => handle("menu", event, keys)}
        role="combobox"
        aria-expanded={choices.length > 0}
        {...pointsAt(MENU, choices.length > 0, active)}
      />
      <p class="list-empty" role="status">
        {choices.length === 0 && "Nothing has that name."}
      </p>
      <Choices id={MENU} label="Choices" choices={choices} active={active} />
    </Dialog>
  );
}

function everything(parts: Parts, fields: Fields): Choice[] {
  return [...chats(parts), ...steps(parts), ...answers(parts, fields), ...places(parts), ...rest(parts)];
}

function chats({ desk }: Parts): Choice[] {
  const { mine, due } = desk.queue.value;
  const open = (id: string) => () => {
    showChats();
    desk.open(id);
    focusComposer();
  };
  return [
    ...mine.map((item, index) => ({ id: item.id, title: item.customer_name ?? "A visitor", hint: `your chat ${index + 1}${topicOf(item.topic)}`, run: open(item.id) })),
    ...due.map((item) => ({ id: item.id, title: item.customer_name ?? "A visitor", hint: `due: ${item.promise?.kind === "call_back" ? "call" : "answer"} them${topicOf(item.topic)}`, run: open(item.id) })),
    ...desk.waiting.shown.value.map((item) => ({ id: item.id, title: item.customer_name ?? "A visitor", hint: `waits, number ${item.place ?? 0}${topicOf(item.topic)}`, run: open(item.id) })),
  ];
}

function steps({ desk, account }: Parts): Choice[] {
  const next = desk.queue.value.waiting[0];
  const view = desk.chat.value?.view.value;
  const held = view?.yours && view.state === "with_rep" ? view : null;
  const others = view && !view.yours && view.state === "with_rep" && isLead(account.rep.value?.role) ? view : null;
  const claimNext = () => next && void desk.claim(next.id).then((mine) => mine && focusComposer());
  return [
    ...(next ? [{ id: "claim", title: "Claim the next in line", hint: next.customer_name ?? "a visitor", run: claimNext }] : []),
    ...(desk.shift.toSettle.value.length > 0 ? [{ id: "shift", title: "Settle my chats before I go", hint: "each gets a next step", run: () => void (desk.panel.value = "shift") }] : []),
    ...(held ? [{ id: "close", title: "Close this chat", run: () => void (desk.panel.value = "close") }] : []),
    ...(held ? [{ id: "pass", title: "Pass this chat on", hint: "to a colleague, a team, a skill or the bot", run: () => void (desk.panel.value = "pass") }] : []),
    ...(held ? [{ id: "call-later", title: "Call them later", hint: "promise a call at a time you agreed on", run: () => void (desk.panel.value = "call_later") }] : []),
    ...(held ? [{ id: "abuse", title: "End an abusive chat", hint: "only the bot answers them for a while", run: () => void (desk.panel.value = "abuse") }] : []),
    ...(others ? [{ id: "take-over", title: "Take over this chat", hint: `from ${others.owner.name ?? "its rep"}`, run: () => void desk.takeOver(others.id).then((mine) => mine && focusComposer()) }] : []),
    ...(view ? [{ id: "note", title: "Leave a note", hint: "only reps see it", run: () => void (desk.panel.value = "note") }] : []),
    ...(held ? [{ id: "release", title: "Release this chat", hint: "back to the queue", run: () => void desk.release(held.id) }] : []),
  ];
}

function answers({ desk }: Parts, fields: Fields): Choice[] {
  const view = desk.chat.value?.view.value;
  if (!view?.yours || view.state !== "with_rep") return [];
  return desk.macros.all.value.map((macro) => ({
    id: `macro ${macro.name}`,
    title: macro.title,
    hint: `ready answer /${macro.name}`,
    run: () => insertWords(desk, view.id, filled(macro.text, fields)),
  }));
}

/** The chats, and the pages that the console links to. */
function places({ account, pages }: Parts): Choice[] {
  const open = pagesFor(account.rep.value?.role ?? "rep", pages).map(({ hash, title }) => ({ id: hash, title, hint: "page", run: () => void (location.hash = hash) }));
  return [...(location.hash ? [{ id: "chats", title: "Chats", hint: "page", run: showChats }] : []), ...open];
}

function rest({ desk, account }: Parts): Choice[] {
  const away = desk.offered.away.value;
  return [
    away
      ? { id: "back", title: "I'm back", hint: "chats are offered to you again", run: () => void desk.offered.comeBack() }
      : { id: "away", title: "Step away", hint: "your chats stay yours, no more are offered to you", run: () => void desk.offered.stepAway() },
    { id: "sheet", title: "All keys", run: () => void (desk.panel.value = "sheet") },
    { id: "alerts", title: "Alerts", hint: "sound, title, notifications", run: () => void (desk.panel.value = "alerts") },
    { id: "sign-out", title: "Sign out", hint: "your chats go back to the queue", run: () => signOut({ desk, account }) },
  ];
}

function topicOf(topic: string | null): string {
  return topic ? `, ${inWords(topic).toLowerCase()}` : "";
}

function after(first: () => void, then: () => void): () => void {
  return () => {
    first();
    then();
  };
}
