/** Who is signed in, and whether the desk is connected. */
import { useParts } from "./context";
import { signOut } from "./leaving";
import { PageLinks } from "./PageShell";

const LINE_WORDS = {
  connecting: "Connecting",
  open: "Connected",
  lost: "Reconnecting",
  blocked: "Can't connect; trying again",
  ended: "Signed out",
} as const;

export function Person() {
  const { desk, account } = useParts();
  const line = desk.line.value;
  return (
    <header class="person">
      <p class="wordmark">Baton</p>
      <p class={`line-state line-${line}`} role="status">
        {LINE_WORDS[line]}
      </p>
      <p class="person-name">
        <bdi>{account.rep.value?.display_name}</bdi>
      </p>
      <button type="button" class="link-button soft" onClick={() => signOut({ desk, account })}>
        Sign out
      </button>
      <PageLinks />
    </header>
  );
}
