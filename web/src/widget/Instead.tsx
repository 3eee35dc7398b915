/** Instead of waiting: a call at a time of one's choice, or a message that is answered later. */
import { useEffect, useState } from "preact/hooks";
import { type CallDay, callDays } from "../shared/call-times";
import type { CallTimes } from "../wire";
import { useParts } from "./context";
import { strings } from "./strings";

type Asking = "call" | "message" | null;

export function Instead() {
  const { chat } = useParts().widget;
  const [asking, setAsking] = useState<Asking>(null);
  const view = chat.view.value;
  if (view?.state !== "waiting") return null;
  const done = () => setAsking(null);
  if (asking === "call") return <CallForm onDone={done} />;
  if (asking === "message") return <MessageForm onDone={done} />;
  return (
    <div class="instead">
      <button type="button" class="button button-small" onClick={() => setAsking("call")}>
        {strings.callMe}
      </button>
      <button type="button" class="button button-small" onClick={() => setAsking("message")}>
        {strings.leaveMessage}
      </button>
    </div>
  );
}

function CallForm({ onDone }: { onDone: () => void }) {
  const { chat } = useParts().widget;
  const days = useCallDays();
  if (days === "failed") return <NoForm words={strings.actionFailed} onDone={onDone} />;
  const times = days?.flatMap((each) => each.times) ?? [];
  if (days && times.length === 0) return <NoForm words={strings.noCallTimes} onDone={onDone} />;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const time = times[Number(form.get("time"))];
    if (!time) return;
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (await chat.promise("call-back", { phone: text(form, "phone"), from: time.from, until: time.until, time_zone })) onDone();
  };
  return (
    <form class="instead-form" onSubmit={(event) => void submit(event)}>
      <label for="phone">{strings.phone}</label>
      <input class="field" id="phone" name="phone" type="tel" autocomplete="tel" required maxLength={40} ref={focus} />
      <label for="call-time">{strings.callTime}</label>
      <select class="field" id="call-time" name="time" disabled={!days}>
        {days?.map(({ day, times: ofDay }) => (
          <optgroup key={day} label={day}>
            {ofDay.map((time) => (
              <option key={time.from} value={times.indexOf(time)}>
                {`${day}, ${time.words}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Buttons send={strings.callAsk} onDone={onDone} />
    </form>
  );
}

function MessageForm({ onDone }: { onDone: () => void }) {
  const { chat } = useParts().widget;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const words = text(new FormData(event.currentTarget as HTMLFormElement), "words");
    if (await chat.promise("leave-message", { text: words })) onDone();
  };
  return (
    <form class="instead-form" onSubmit={(event) => void submit(event)}>
      <label for="words">{strings.messageLabel}</label>
      <textarea class="field" id="words" name="words" rows={4} required maxLength={2000} ref={focus} />
      <Buttons send={strings.messageSend} onDone={onDone} />
    </form>
  );
}

function Buttons({ send, onDone }: { send: string; onDone: () => void }) {
  return (
    <div class="instead-buttons">
      <button type="submit" class="button button-main">
        {send}
      </button>
      <button type="button" class="button button-quiet" onClick={onDone}>
        {strings.cancel}
      </button>
    </div>
  );
}

function NoForm({ words, onDone }: { words: string; onDone: () => void }) {
  return (
    <p class="instead-form" role="alert">
      {words}{" "}
      <button type="button" class="link-button" onClick={onDone}>
        {strings.cancel}
      </button>
    </p>
  );
}

/** The days with times to choose from; null while they are fetched. */
function useCallDays(): CallDay[] | "failed" | null {
  const { chat } = useParts().widget;
  const [days, setDays] = useState<CallDay[] | "failed" | null>(null);
  const id = chat.view.value?.id ?? "";
  useEffect(() => {
    void chat.options.ask<CallTimes>("GET", `/api/conversations/${id}/call-times`).then((answer) => {
      setDays(answer.kind === "ok" ? callDays(answer.body, strings) : "failed");
    });
  }, [chat, id]);
  return days;
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

function focus(field: HTMLElement | null): void {
  field?.focus();
}
