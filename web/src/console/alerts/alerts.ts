/** Alerts the rep of what needs them while they look elsewhere: by each tab's title, by sound and notification in one of them. */
import { effect, untracked } from "@preact/signals";
import type { Desk } from "../desk";
import { showChats } from "../pages";
import { Bell } from "./bell";
import { Notices } from "./notices";
import { type Alert, type Heard, heardOf, rings } from "./rings";
import { Settings } from "./settings";
import { Tabs } from "./tabs";
import { tellTitle } from "./title";

export class Alerts {
  readonly settings = new Settings();
  readonly bell = new Bell();
  readonly notices: Notices;
  readonly tabs: Tabs;
  #heard: Heard | null = null;

  /** `name` is the rep's: two reps in one browser don't share who rings. */
  constructor(
    readonly desk: Desk,
    name: string,
  ) {
    this.tabs = new Tabs(`baton.console.${name}`);
    this.notices = new Notices((id) => {
      showChats();
      desk.open(id);
    });
  }

  /** Begin to watch; returns how to stop. */
  start(): () => void {
    const stops = [this.settings.start(), this.bell.start(), this.tabs.start(), tellTitle(this.desk), effect(() => this.#look()), effect(() => this.#hear())];
    return () => {
      stops.forEach((stop) => stop());
      this.notices.closeAll();
    };
  }

  #look(): void {
    const id = this.desk.seen.looking.value;
    this.tabs.lookAt(id);
    if (id) this.notices.close(id);
  }

  #hear(): void {
    const queue = this.desk.queue.value;
    if (!this.desk.known.value) return;
    const alerts = rings(this.#heard, queue, Date.now());
    this.#heard = heardOf(this.#heard, queue);
    untracked(() => void this.#alert(alerts.filter((alert) => this.#isWanted(alert))));
  }

  /** What the rep has before their eyes, or has just opened to claim it, needs no alert. */
  #isWanted({ what, chat }: Alert): boolean {
    const { seen, selected } = this.desk;
    const atHand = seen.looking.peek() === chat.id || (what !== "wrote" && selected.peek() === chat.id);
    return this.settings.now.peek()[what] && !atHand;
  }

  async #alert(alerts: readonly Alert[]): Promise<void> {
    if (alerts.length === 0 || !this.tabs.rings) return;
    const unseen = await this.tabs.unseen(alerts.map(({ chat }) => chat.id));
    const left = alerts.filter(({ chat }) => unseen.has(chat.id));
    const { sound, desktop, words } = this.settings.now.peek();
    if (sound && left.length > 0) this.bell.ring();
    if (desktop) left.forEach((alert) => this.notices.show(alert, words));
  }
}
