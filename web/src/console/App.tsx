/** The console's page: signing in, or the desk. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { startClock } from "../shared/clock";
import { browserStore } from "../shared/store";
import type { Account } from "./account";
import { PartsContext, useParts } from "./context";
import { Connection } from "./Connection";
import { Conversation } from "./Conversation";
import { Desk } from "./desk";
import { Details } from "./Details";
import { Invitation } from "./Invitation";
import { Lists } from "./Lists";
import { followHash, hash, type Page, pageAt, pages as allPages } from "./pages";
import { OfferCard } from "./OfferCard";
import { PageShell } from "./PageShell";
import { Panels } from "./Panels";
import { SecondFactor } from "./SecondFactor";
import { SetUp } from "./SetUp";
import { SignIn } from "./SignIn";
import { useKeys } from "./use-keys";
import { WriterDoor } from "./WriterDoor";

export function App({ account, pages = allPages }: { account: Account; pages?: readonly Page[] }) {
  const phase = account.phase.value;
  const rep = account.rep.value;
  if (phase === "invited") return <Invitation account={account} />;
  if (phase === "set_up") return <SetUp account={account} />;
  if (phase === "second_factor" && account.made.value) return <SecondFactor account={account} made={account.made.value} />;
  if (phase === "sign_in") return <SignIn account={account} />;
  if (phase === "in" && rep?.role === "writer") return <WriterDoor account={account} name={rep.display_name} />;
  if (phase === "in" && rep) return <SignedIn account={account} pages={pages} key={rep.id} repId={rep.id} />;
  return (
    <main class="gate">
      <p role="status">{phase === "unreachable" ? "The desk can't be reached. Trying again." : "One moment"}</p>
    </main>
  );
}

function SignedIn({ account, pages, repId }: { account: Account; pages: readonly Page[]; repId: string }) {
  const desk = useMemo(() => {
    const own = `baton.console.${repId}.`;
    const tabStore = browserStore(own, () => window.sessionStorage);
    return new Desk(browserStore(own), account.ask, () => account.leave(), account.headers, tabStore, repId);
  }, [account, repId]);
  useEffect(startClock, []);
  useEffect(() => () => desk.leave(), [desk]);
  return (
    <PartsContext.Provider value={{ desk, account, pages }}>
      <Shown />
      <OfferCard />
      <Panels />
      <p class="hidden-words" role="status">
        {desk.seen.news.value}
      </p>
    </PartsContext.Provider>
  );
}

/** The page that the address names, or the chats. */
function Shown() {
  const { desk, account, pages } = useParts();
  const page = pageAt(hash.value, account.rep.value?.role ?? "rep", pages);
  useEffect(followHash, []);
  useEffect(() => {
    desk.seen.covered.value = page !== null;
  }, [desk, page]);
  useKeys(desk);
  return (
    <div class={page ? undefined : "framed"}>
      <Connection />
      {page ? <PageShell page={page} /> : <DeskPage />}
    </div>
  );
}

/** Which of the three columns a narrow screen shows. */
type Shown = "lists" | "conversation" | "details";

function DeskPage() {
  const { desk } = useParts();
  const [shown, setShown] = useState<Shown>("lists");
  const chat = desk.chat.value;
  const openings = desk.openings.value;
  useEffect(() => setShown(openings ? "conversation" : "lists"), [openings]);
  return (
    <div class={`desk shows-${shown}`}>
      <Lists />
      {chat ? (
        <Conversation chat={chat} onBack={() => setShown("lists")} onDetails={() => setShown(shown === "details" ? "conversation" : "details")} />
      ) : (
        <main class="conversation nothing">
          <p class="empty">Choose a conversation on the left to read it.</p>
        </main>
      )}
      {chat && <Details chat={chat} />}
    </div>
  );
}
