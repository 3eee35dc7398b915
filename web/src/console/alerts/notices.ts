/** Notifications outside of the page. They hold the customer's words only if the rep chose that. */
import { inWords } from "../topics";
import type { Alert } from "./rings";

/** "unable": this browser has none. */
export type Permission = NotificationPermission | "unable";

export function permission(): Permission {
  return typeof Notification === "undefined" ? "unable" : Notification.permission;
}

/** Ask for it; only on the rep's click. */
export async function askPermission(): Promise<Permission> {
  return typeof Notification === "undefined" ? "unable" : Notification.requestPermission();
}

export class Notices {
  readonly #shown = new Map<string, Notification>();

  /** `open` runs when the rep clicks one. */
  constructor(readonly open: (id: string) => void) {}

  show({ chat, title }: Alert, withWords: boolean): void {
    this.close(chat.id);
    if (permission() !== "granted") return;
    const body = withWords && chat.last_text ? chat.last_text : chat.topic ? inWords(chat.topic) : "";
    try {
      this.#keep(chat.id, new Notification(title, { body, silent: true }));
    } catch {
      // Some phones have notifications for installed pages only.
    }
  }

  /** The rep has seen to it. */
  close(id: string): void {
    this.#shown.get(id)?.close();
    this.#shown.delete(id);
  }

  closeAll(): void {
    [...this.#shown.keys()].forEach((id) => this.close(id));
  }

  #keep(id: string, notice: Notification): void {
    this.#shown.set(id, notice);
    notice.onclick = () => {
      window.focus();
      this.close(id);
      this.open(id);
    };
  }
}
