/** E-mail that is late or couldn't be delivered, with why, and its chat. */
import type { Administration, MailInTrouble } from "../../wire";
import { ChatLink } from "../lead/ChatCell";
import { Table } from "./Table";

const KINDS = { rep_wrote: "A rep has answered", transcript: "Copy of the chat", invitation: "Invitation" } as const;
const STATES = { late: "Not gone out yet", failed: "Couldn't be delivered" } as const;

export function MailTab({ all }: { all: Administration }) {
  const empty = all.mail ? "All e-mail of the last month went out." : "This desk sends no e-mail.";
  return (
    <Table head={["To", "What", "Chat", "State", "Why", "Written"]} empty={empty}>
      {all.mail_in_trouble.map((each) => (
        <Row key={each.id} {...each} />
      ))}
    </Table>
  );
}

function Row({ to, kind, conversation, customer_name, state, why, made_at }: MailInTrouble) {
  const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <tr>
      <th scope="row" class="mail-to">
        <bdi>{to}</bdi>
      </th>
      <td data-label="What">{KINDS[kind]}</td>
      <td data-label="Chat">{conversation && <ChatLink id={conversation} name={customer_name} />}</td>
      <td data-label="State">{STATES[state]}</td>
      <td data-label="Why" class="mail-why">{why ?? ""}</td>
      <td data-label="Written">{moment.format(new Date(made_at))}</td>
    </tr>
  );
}
