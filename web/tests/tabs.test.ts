import { afterEach, beforeEach, expect, test } from "vitest";
import { Tabs } from "../src/console/alerts/tabs";

/** Locks as a browser keeps them for all its tabs, as far as the console uses them. */
class BrowserLocks {
  held: { name: string; lost: (error: Error) => void }[] = [];
  waiting: { name: string; go: () => void }[] = [];

  request(name: string, how: LockOptions, hold: () => Promise<void>): Promise<void> {
    return new Promise((done, lost) => {
      const go = () => {
        const mine = { name, lost };
        this.held.push(mine);
        void hold().then(() => {
          this.#letGo(mine);
          done();
        });
      };
      how.signal?.addEventListener("abort", () => {
        this.waiting = this.waiting.filter((each) => each.go !== go);
        lost(new Error("aborted"));
      });
      if (how.steal) this.#rob(name);
      if (how.mode === "shared" || !this.held.some((each) => each.name === name)) go();
      else this.waiting.push({ name, go });
    });
  }

  query() {
    return Promise.resolve({ held: this.held.map(({ name }) => ({ name })) });
  }

  #rob(name: string): void {
    const robbed = this.held.filter((each) => each.name === name);
    this.held = this.held.filter((each) => each.name !== name);
    robbed.forEach((each) => each.lost(new Error("stolen")));
  }

  #letGo(mine: { name: string }): void {
    if (!this.held.includes(mine as never)) return;
    this.held = this.held.filter((each) => each !== mine);
    const next = this.waiting.findIndex((each) => each.name === mine.name);
    if (next >= 0) this.waiting.splice(next, 1)[0]!.go();
  }
}

let locks: BrowserLocks;
const stops: (() => void)[] = [];
beforeEach(() => void (locks = new BrowserLocks()));
afterEach(() => stops.splice(0).forEach((stop) => stop()));

function tab(): { tabs: Tabs; shut: () => void } {
  const tabs = new Tabs("ruth", locks as never);
  const shut = tabs.start();
  stops.push(shut);
  return { tabs, shut };
}
const settled = () => new Promise((done) => setTimeout(done));

test("of several tabs one rings, and when it's shut another does", async () => {
  const [first, second] = [tab(), tab()];
  expect([first.tabs.rings, second.tabs.rings]).toEqual([true, false]);
  first.shut();
  await settled();
  expect(second.tabs.rings).toBe(true);
});

test("the tab that was used last rings, however often that changes", async () => {
  const [first, second] = [tab(), tab()];
  for (const [used, other] of [[second, first], [first, second], [second, first]] as const) {
    used.tabs.takeOver();
    await settled();
    expect([used.tabs.rings, other.tabs.rings]).toEqual([true, false]);
  }
  expect(locks.waiting).toHaveLength(2);
  second.shut();
  await settled();
  expect(first.tabs.rings).toBe(true);
});

test("what Ruth looks at in one tab, the others know", async () => {
  const [first, second] = [tab(), tab()];
  second.tabs.lookAt("ana-1");
  expect(await first.tabs.unseen(["ana-1", "ben-1"])).toEqual(new Set(["ben-1"]));
  second.tabs.lookAt(null);
  await settled();
  expect(await first.tabs.unseen(["ana-1"])).toEqual(new Set(["ana-1"]));
});

test("where a browser has no locks, each tab rings", async () => {
  const alone = new Tabs("ruth", undefined);
  stops.push(alone.start());
  alone.lookAt("ana-1");
  expect(alone.rings).toBe(true);
  expect(await alone.unseen(["ana-1"])).toEqual(new Set(["ana-1"]));
});
