import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "../src/shared/ask";
import { browserStore } from "../src/shared/store";
import { OWNER_KEY, Uploads, type UploadsOptions } from "../src/shared/uploads";
import type { Message } from "../src/wire";
import { SharedBox } from "./boxes";
import { fromAna, TALK } from "./people";

const WORDS = { kind: "wrong kind", size: "too large", empty: "nothing in it", lost: "page left", unreachable: "no connection", stale: "a while ago", tooOld: "removed" };
const HOUR = 3_600_000;
const file = (name = "box.png") => new File(["pixels"], name, { type: "image/png" });
const DONE: Answer<Message> = { kind: "ok", status: 201, body: fromAna(2, "box.png") };
const refused = (status: number): Answer<Message> => ({
  kind: "refused",
  status,
  error: { code: "x", message: "No.", request_id: "r", field: null, limit: null, retry_after: null },
});
let asked: { name: string; id: string; cancelled: boolean; answer: (answer: Answer<Message>) => void }[];
let box: SharedBox;
const store = browserStore("t.");
const stored = vi.fn();

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  stored.mockClear();
  asked = [];
  box = new SharedBox();
  vi.useRealTimers();
});

/** A page that Ana opens, or opens again. */
function tab(more: Partial<UploadsOptions> = {}): Uploads {
  return new Uploads({
    store,
    tabStore: browserStore("t.", () => sessionStorage),
    box: box.tab(),
    headers: () => ({}),
    path: () => Promise.resolve("/files"),
    onStored: stored,
    onSignedOut: () => undefined,
    words: () => WORDS,
    alone: box.alone,
    sender: (_path, file, headers) => {
      let answer: (answer: Answer<Message>) => void = () => undefined;
      const done = new Promise<Answer<Message>>((resolve) => (answer = resolve));
      const one = { name: (file as File).name, id: headers["X-Client-Id"] ?? "", cancelled: false, answer };
      asked.push(one);
      const cancel = () => {
        one.cancelled = true;
        answer({ kind: "unreachable" });
      };
      return { done, cancel };
    },
    ...more,
  });
}

/** What a closed or crashed tab does from now on: nothing, and it holds no lock. */
function crashes(page: Uploads): void {
  page.leave();
}
const sent = (times: number) => vi.waitFor(() => expect(asked.length).toBe(times));
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const states = (page: Uploads) => page.items.value.map(({ name, state, problem }) => [name, state, problem]);

describe("a reload", () => {
  test("goes on with what was being sent, under the same id and in its order", async () => {
    const before = tab();
    before.add(TALK, [file("first.png"), file("second.png")]);
    await sent(1);
    crashes(before);
    const after = tab();
    await Promise.all([after.resume(), sent(2).then(() => asked[1]!.answer(DONE)), sent(3).then(() => asked[2]!.answer(DONE))]);
    expect(asked.map(({ name }) => name)).toEqual(["first.png", "first.png", "second.png"]);
    expect(asked[1]!.id).toBe(asked[0]!.id);
    expect([after.items.value, box.kept.size]).toEqual([[], 0]);
    expect(stored).toHaveBeenCalledTimes(2);
  });

  test("goes on with what failed for want of a network, and shows what the desk refused as it was", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const before = tab();
    before.add(TALK, [file("lost.png"), file("svg.png"), file("lost to sam.png")]);
    for (const times of [1, 2, 3]) {
      await sent(times);
      asked.at(-1)!.answer({ kind: "unreachable" });
      await vi.advanceTimersByTimeAsync(5_000);
    }
    await sent(4);
    asked[3]!.answer(refused(415));
    await sent(5);
    asked[4]!.answer(refused(409));
    await vi.waitFor(() => expect(states(before)).toEqual([["lost.png", "failed", "no connection"], ["svg.png", "failed", "No."], ["lost to sam.png", "failed", "No."]]));
    vi.useRealTimers();
    await settled();
    crashes(before);
    const after = tab();
    void after.resume();
    await sent(6);
    expect(asked[5]!.name).toBe("lost.png");
    asked[5]!.answer(DONE);
    await vi.waitFor(() => expect(states(after)).toEqual([["svg.png", "failed", "No."], ["lost to sam.png", "failed", "No."]]));
    expect(after.items.value.map(({ canRetry, file }) => [canRetry, file !== null])).toEqual([[false, false], [true, true]]);
    after.cancel(after.items.value[0]!.client_id);
    after.retry(after.items.value[0]!.client_id);
    await sent(7);
    expect(asked[6]!.name).toBe("lost to sam.png");
  });

  test("after an hour leaves it to its author, after a day tells that it's gone, and after a week nothing", async () => {
    const before = tab();
    before.add(TALK, [file("hour.png"), file("day.png"), file("week.png")]);
    await sent(1);
    crashes(before);
    const ages: Record<string, number> = { "hour.png": 2 * HOUR, "day.png": 25 * HOUR, "week.png": 170 * HOUR };
    box.kept.forEach((item, id) => box.kept.set(id, { ...item, at: Date.now() - ages[item.name]! }));
    const after = tab();
    await after.resume();
    expect(states(after)).toEqual([["day.png", "failed", "removed"], ["hour.png", "failed", "a while ago"]]);
    expect([...box.kept.values()].map(({ name, file }) => [name, file !== null])).toEqual([["hour.png", true], ["day.png", false]]);
    expect(asked).toHaveLength(1);
    after.retry(after.items.value[1]!.client_id);
    await sent(2);
  });

  test("doesn't bring back what was cancelled", async () => {
    const before = tab();
    before.add(TALK, [file()]);
    await sent(1);
    before.cancel(before.items.value[0]!.client_id);
    await before.resume();
    const after = tab();
    await after.resume();
    expect([before.items.value, after.items.value, asked.length]).toEqual([[], [], 1]);
  });

  test("doesn't bring back what is cancelled while the browser is asked what it keeps", async () => {
    const slow = box.tab();
    const page = tab({ box: { ...slow, all: () => slow.all().then((all) => settled().then(() => all)) } });
    page.add(TALK, [file()]);
    await settled();
    page.cancel(page.items.value[0]!.client_id);
    await page.resume();
    expect([page.items.value, asked.length, box.kept.size]).toEqual([[], 0, 0]);
  });

  test("names what the browser had no room for as lost, and keeps the rest", async () => {
    const real = box.tab();
    const before = tab({ box: { ...real, put: (item) => (item.name === "large.png" ? Promise.resolve(false) : real.put(item)) } });
    before.add(TALK, [file("small.png"), file("large.png")]);
    await sent(1);
    await settled();
    expect(before.items.value.map(({ kept }) => kept)).toEqual([true, false]);
    crashes(before);
    const after = tab();
    void after.resume();
    await sent(2);
    expect(states(after)).toEqual([["small.png", "pending", undefined], ["large.png", "failed", "page left"]]);
  });
});

describe("two tabs", () => {
  test("never send the same file, and both show it until it's there", async () => {
    const [one, other] = [tab(), tab()];
    one.add(TALK, [file()]);
    await sent(1);
    void other.resume();
    await vi.waitFor(() => expect(states(other)).toEqual([["box.png", "pending", undefined]]));
    await settled();
    expect(asked).toHaveLength(1);
    asked[0]!.answer(DONE);
    await vi.waitFor(() => expect([one.items.value, other.items.value]).toEqual([[], []]));
    await settled();
    expect(asked).toHaveLength(1);
  });

  test("cancel for one another", async () => {
    const [one, other] = [tab(), tab()];
    one.add(TALK, [file()]);
    await sent(1);
    await vi.waitFor(() => expect(other.items.value).toHaveLength(1));
    other.cancel(other.items.value[0]!.client_id);
    await vi.waitFor(() => expect(one.items.value).toEqual([]));
    expect(asked[0]!.cancelled).toBe(true);
    await settled();
    expect([asked.length, box.kept.size]).toEqual([1, 0]);
  });

  test("stand in for one another: what a crashed one was sending, the other sends", async () => {
    const [one, other] = [tab(), tab()];
    one.add(TALK, [file()]);
    await sent(1);
    await vi.waitFor(() => expect(other.items.value).toHaveLength(1));
    crashes(one);
    await sent(2);
    expect(asked[1]!.id).toBe(asked[0]!.id);
  });
});

describe("whose they are", () => {
  test("when she leaves, all of it is stopped and removed, in all tabs", async () => {
    const [one, other] = [tab(), tab()];
    one.add(TALK, [file("going.png"), file("next.png")]);
    await sent(1);
    await vi.waitFor(() => expect(other.items.value).toHaveLength(2));
    one.wipe();
    await vi.waitFor(() => expect([one.items.value, other.items.value, box.kept.size]).toEqual([[], [], 0]));
    await settled();
    expect([asked.length, asked[0]!.cancelled]).toEqual([1, true]);
  });

  test("a wipe that was cut short leaves nothing to the next customer", async () => {
    const before = tab();
    before.add(TALK, [file()]);
    await sent(1);
    crashes(before);
    store.remove(OWNER_KEY);
    expect(box.kept.size).toBe(1);
    const bens = tab();
    const shown: string[] = [];
    bens.items.subscribe((items) => void shown.push(...items.map(({ name }) => name)));
    await bens.resume();
    expect([shown, box.kept.size, asked.length]).toEqual([[], 0, 1]);
  });

  test("another rep's store finds none of them, and they are removed", async () => {
    const ruths = tab({ store: browserStore("ruth.") });
    ruths.add(TALK, [file()]);
    await sent(1);
    crashes(ruths);
    const sams = tab({ store: browserStore("sam.") });
    await sams.resume();
    expect([sams.items.value, box.kept.size, asked.length]).toEqual([[], 0, 1]);
  });

  test("who is signed out in the middle goes on once signed in again", async () => {
    const signedOut = vi.fn();
    const before = tab({ onSignedOut: signedOut });
    before.add(TALK, [file()]);
    await sent(1);
    asked[0]!.answer(refused(401));
    await vi.waitFor(() => expect(signedOut).toHaveBeenCalledTimes(1));
    crashes(before);
    const after = tab();
    void after.resume();
    await sent(2);
    expect(asked[1]!.id).toBe(asked[0]!.id);
  });
});
