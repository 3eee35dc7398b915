/** The rep's own page: the picture by which customers know them, and what alerts them. */
import { useRef, useState } from "preact/hooks";
import { upload } from "../shared/upload";
import type { RepPicture } from "../wire";
import { type Answer, wordsOf } from "../shared/ask";
import { useParts } from "./context";
import { Face } from "./Face";
import { MyHours } from "./shift/MyHours";

export function Me() {
  const { account } = useParts();
  const rep = account.rep.value;
  const [words, setWords] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const show = (answer: Answer<RepPicture>, done: string) => {
    if (answer.kind === "ok") account.showPicture(answer.body.picture);
    setWords(answer.kind === "ok" ? done : wordsOf(answer, "That didn't get through. Try again."));
  };
  const send = async () => {
    const file = input.current?.files?.[0];
    if (!file) return;
    setWords("Sending");
    show(await upload<RepPicture>("/api/rep/picture", file, { ...account.headers(), "Content-Type": file.type }, () => undefined).done, "Customers see this picture now.");
    if (input.current) input.current.value = "";
  };
  const remove = async () => show(await account.ask<RepPicture>("DELETE", "/api/rep/picture", {}), "Customers see the first letter of your name now.");
  return (
    <section class="me">
      <h2>Your picture</h2>
      <p class="soft">Customers see it while you help them. It&rsquo;s cut square and made small.</p>
      <p class="me-face">{rep && <Face name={rep.display_name} picture={rep.picture} />}</p>
      <p class="me-steps">
        <button type="button" class="button button-main" onClick={() => input.current?.click()}>
          Choose a picture
        </button>
        {rep?.picture && (
          <button type="button" class="button" onClick={() => void remove()}>
            Remove it
          </button>
        )}
      </p>
      <input ref={input} type="file" accept="image/png,image/jpeg,image/webp,image/gif" hidden tabIndex={-1} aria-hidden="true" onChange={() => void send()} />
      <p role="status">{words}</p>
      <MyHours />
      <Alerted />
    </section>
  );
}

function Alerted() {
  const { desk } = useParts();
  return (
    <>
      <h2>Alerts</h2>
      <p class="soft">By sound, in the tab&rsquo;s title and on the desktop, when something needs you while you look elsewhere.</p>
      <p class="me-steps">
        <button type="button" class="button" onClick={() => (desk.panel.value = "alerts")}>
          Change alerts
        </button>
      </p>
    </>
  );
}
