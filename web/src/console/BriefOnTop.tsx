/** First of the details: what was asked, what the bot tried, why it's a person's turn, and what of it all is proven. */
import type { ComponentChildren } from "preact";
import type { Brief, KnownFact, Tried } from "../wire";
import { Hints } from "./Hints";
import { whereFrom } from "./asked-again";
import { Proven } from "./Proven";
import { inWords } from "./topics";

const FACTS: Record<KnownFact["what"], string> = { order: "order", email: "e-mail", name: "name", asked: "asked" };

interface BriefProps {
  brief: Brief;
  /** How the chat came to this rep, below why it came to a person. */
  why: ComponentChildren;
}

export function BriefOnTop({ brief, why }: BriefProps) {
  const asked = askedIn(brief);
  return (
    <section class="brief" aria-labelledby="brief-title">
      <h2 id="brief-title" class="hidden-words">
        Brief
      </h2>
      <dl>
        <dt>Asked</dt>
        <dd>
          {asked ? <bdi class="said-so">{asked}</bdi> : <span class="soft">Nothing in words yet</span>}
          <span class="soft"> {brief.topic ? inWords(brief.topic) : "No topic yet"}</span>
        </dd>
        <dt>Bot tried</dt>
        <dd>{brief.tried.length === 0 ? <span class="soft">Nothing yet</span> : <Attempts tried={brief.tried} />}</dd>
        <dt>Now here because</dt>
        <dd>
          {brief.reason_words}
          {why}
        </dd>
        <dt>Proven</dt>
        <dd>
          <ProvenFacts brief={brief} />
        </dd>
        <dt>Only claimed</dt>
        <dd>
          <ClaimedFacts brief={brief} />
        </dd>
      </dl>
      <Hints brief={brief} />
    </section>
  );
}

/** In a narrow window, where the details are behind a button: what was asked and what was tried, above the chat. */
export function BriefLine({ brief }: { brief: Brief }) {
  const asked = askedIn(brief);
  const last = brief.tried.at(-1);
  if (!asked && !last) return null;
  return (
    <div class="brief-line">
      {asked && (
        <p>
          <span class="soft">Asked:</span> <bdi class="said-so">{asked}</bdi>
        </p>
      )}
      {last && (
        <p>
          <span class="soft">Bot tried:</span> {last.did}
          {last.result && `; ${RESULTS[last.result]}`}
        </p>
      )}
    </div>
  );
}

const RESULTS = { solved: "said: solved", not_solved: "said: not solved" } as const;

function Attempts({ tried }: { tried: readonly Tried[] }) {
  return (
    <ol class="tried">
      {tried.map((each, index) => (
        <li key={index}>
          {upperFirst(each.did)}
          {each.answer && (
            <>
              : <bdi class="said-so">{each.answer}</bdi>
            </>
          )}
          {each.result && <span class={each.result === "not_solved" ? "unclear" : "soft"}> {RESULTS[each.result]}</span>}
        </li>
      ))}
    </ol>
  );
}

function ProvenFacts({ brief }: { brief: Brief }) {
  const proven = facts(brief).filter((fact) => fact.proven);
  if (!brief.verified) {
    return (
      <>
        <Proven verified={false} /> <span class="soft">Not proven by the shop. Ask before you tell them anything private.</span>
      </>
    );
  }
  const from = brief.verified_from ? `, since message ${brief.verified_from}` : "";
  return (
    <>
      <FactList facts={proven} /> <Proven verified />
      <span class="soft">
        {" "}
        Proven by the shop's sign-in{from}. Customer <span class="together">{brief.customer_id}</span>
      </span>
      {brief.by_link && <span class="unclear"> Somebody has come back by a link in an e-mail since: that proves no more than that they read that mailbox.</span>}
    </>
  );
}

function ClaimedFacts({ brief }: { brief: Brief }) {
  const claimed = facts(brief).filter((fact) => !fact.proven);
  const name = !brief.verified && brief.customer_name;
  if (claimed.length === 0 && !name) return <span class="soft">Nothing</span>;
  return <FactList facts={[...(name ? [{ what: "name", value: name, proven: false, source: "shop", at: null } as const] : []), ...claimed]} />;
}

function FactList({ facts: shown }: { facts: readonly KnownFact[] }) {
  return (
    <>
      {shown.map((fact, index) => (
        <span key={`${fact.what} ${fact.value}`}>
          {index > 0 && ", "}
          {fact.what !== "name" && `${FACTS[fact.what]} `}
          <bdi class={fact.what === "order" ? "together" : undefined}>{fact.value}</bdi>
          {!fact.proven && whereFrom(fact) && <span class="soft"> ({whereFrom(fact)})</span>}
        </span>
      ))}
    </>
  );
}

const facts = ({ known }: Brief) => known.filter(({ what }) => what !== "asked");
const askedIn = ({ known }: Brief) => known.find(({ what }) => what === "asked")?.value;
const upperFirst = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
