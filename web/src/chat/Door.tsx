/** Before the chat: a button, as programs that look through mail open links but press nothing. */
import { useState } from "preact/hooks";
import { wordsOf } from "../shared/ask";
import type { Store } from "../shared/store";
import { strings } from "../widget/strings";
import { cameBefore, useLink } from "./session";

interface DoorProps {
  token: string;
  store: Store;
  onOpen: () => void;
}

export function Door({ token, store, onOpen }: DoorProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    const answer = await useLink(token, store);
    setBusy(false);
    if (answer.kind === "ok" || (answer.kind === "refused" && answer.status === 410 && cameBefore(store))) onOpen();
    else setRefusal(answer.kind === "refused" && answer.status === 410 ? strings.doorUsed : wordsOf(answer, strings.actionFailed));
  };
  return (
    <main class="door">
      <h1>{strings.doorTitle}</h1>
      <p>{refusal ? strings.doorElsewhere : strings.doorWords}</p>
      <p class="notice" role="alert" hidden={!refusal}>
        {refusal}
      </p>
      <button type="button" class="button button-main" disabled={busy} onClick={() => void open()}>
        {strings.doorOpen}
      </button>
    </main>
  );
}

/** Somebody who came without a link. */
export function NoDoor() {
  return (
    <main class="door">
      <h1>{strings.doorTitle}</h1>
      <p>{strings.doorElsewhere}</p>
    </main>
  );
}
