/** That e-mail doesn't go out, since when and why, as long as it's so. */
import type { LateMail } from "../../wire";

export function MailLate({ count, since, why }: LateMail) {
  const oldest = new Date(since).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  return (
    <p class="mail-late">
      {count === 1 ? `An e-mail of ${oldest} hasn’t` : `${count} e-mails haven’t`} gone out yet{count > 1 && `, the oldest of ${oldest}`}
      {why && `: ${why}`}. It&rsquo;s tried again and again; what is given up is under <a href="#admin">Admin, E-mail</a>.
    </p>
  );
}
