import { beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "../src/shared/ask";
import { nameHeader, sizeWords, typeOf } from "../src/shared/file-kinds";
import { reader } from "../src/shared/reading";
import { browserStore } from "../src/shared/store";
import { Uploads, type UploadsOptions } from "../src/shared/uploads";
import type { Message } from "../src/wire";
import { noBox } from "./boxes";
import { fromAna, TALK } from "./people";

const WORDS = { kind: "wrong kind", size: "too large", empty: "nothing in it", lost: "page left", unreachable: "no connection", stale: "a while ago", tooOld: "removed" };
const box = () => new File(["pixels"], "box.png", { type: "image/png" });
const refused = (status: number, message: string): Answer<Message> => ({
  kind: "refused",
  status,
  error: { code: "x", message, request_id: "r", field: null, limit: null, retry_after: null },
});
let asked: { path: string; headers: Record<string, string>; tell: (share: number) => void; answer: (answer: Answer<Message>) => void }[];
const stored = vi.fn();

beforeEach(() => {
  asked = [];
  stored.mockClear();
  localStorage.clear();
  sessionStorage.clear();
  vi.useRealTimers();
});

function uploads(more: Partial<UploadsOptions> = {}): Uploads {
  return new Uploads({
    store: browserStore("t."),
    tabStore: browserStore("t.", () => sessionStorage),
    box: noBox,
    headers: () => ({ Authorization: "Bearer s1" }),
    path: (conversation) => Promise.resolve(`/api/conversations/${conversation ?? "new"}/files`),
    onStored: stored,
    onSignedOut: () => undefined,
    words: () => WORDS,
    sender: (path, _file, headers, tell) => {
      let answer: (answer: Answer<Message>) => void = () => undefined;
      const done = new Promise<Answer<Message>>((resolve) => (answer = resolve));
      asked.push({ path, headers, tell, answer });
      return { done, cancel: () => answer({ kind: "unreachable" }) };
    },
    ...more,
  });
}
const sent = (place: number) => vi.waitFor(() => expect(asked.length).toBe(place));

test("files go one after the other, with their name, their type and an id of their own", async () => {
  const all = uploads();
  all.add(TALK, [box(), new File(["x"], "größe 1.txt", { type: "" })]);
  await sent(1);
  expect(asked[0]!.path).toBe(`/api/conversations/${TALK}/files`);
  expect(asked[0]!.headers).toMatchObject({ Authorization: "Bearer s1", "Content-Type": "image/png", "X-File-Name": "box.png" });
  asked[0]!.tell(0.5);
  expect(all.items.value.map(({ state, share }) => [state, share])).toEqual([["pending", 0.5], ["pending", 0]]);
  asked[0]!.answer({ kind: "ok", status: 201, body: fromAna(2, "box.png") });
  await sent(2);
  expect(asked[1]!.headers).toMatchObject({ "Content-Type": "text/plain", "X-File-Name": "gr%C3%B6%C3%9Fe%201.txt" });
  expect(asked[1]!.headers["X-Client-Id"]).not.toBe(asked[0]!.headers["X-Client-Id"]);
  asked[1]!.answer({ kind: "ok", status: 201, body: fromAna(3, "größe 1.txt") });
  await vi.waitFor(() => expect(all.items.value).toEqual([]));
  expect(stored).toHaveBeenCalledTimes(2);
});

test("what can't be sent is told at once and not tried", async () => {
  const all = uploads();
  const large = new File(["x"], "large.png", { type: "image/png" });
  Object.defineProperty(large, "size", { value: 10_000_001 });
  all.add(TALK, [new File(["<svg/>"], "a.svg", { type: "image/svg+xml" }), large, new File([], "a.png", { type: "image/png" })]);
  expect(all.items.value.map(({ state, problem, canRetry }) => [state, problem, canRetry])).toEqual([
    ["failed", WORDS.kind, false],
    ["failed", WORDS.size, false],
    ["failed", WORDS.empty, false],
  ]);
  await Promise.resolve();
  expect(asked).toEqual([]);
});

test("a lost connection is tried again under the same id, then left to its author", async () => {
  vi.useFakeTimers();
  const all = uploads();
  all.add(TALK, [box()]);
  for (const tries of [1, 2, 3]) {
    await vi.waitFor(() => expect(asked.length).toBe(tries));
    asked.at(-1)!.answer({ kind: "unreachable" });
    await vi.advanceTimersByTimeAsync(5_000);
  }
  expect(all.items.value[0]).toMatchObject({ state: "failed", problem: WORDS.unreachable, canRetry: true });
  all.retry(all.items.value[0]!.client_id);
  await vi.waitFor(() => expect(asked.length).toBe(4));
  expect(new Set(asked.map(({ headers }) => headers["X-Client-Id"])).size).toBe(1);
});

test("what the desk refuses is told in its words, and the next file goes", async () => {
  const all = uploads();
  all.add(TALK, [box(), box()]);
  await sent(1);
  asked[0]!.answer(refused(422, "This file can't be read."));
  await sent(2);
  expect(all.items.value[0]).toMatchObject({ state: "failed", problem: "This file can't be read.", canRetry: false });
});

test("one that is cancelled is stopped and gone", async () => {
  const all = uploads();
  all.add(TALK, [box()]);
  await sent(1);
  all.cancel(all.items.value[0]!.client_id);
  expect(all.items.value).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toHaveLength(1);
  expect(stored).not.toHaveBeenCalled();
});

test("where the browser keeps no files, a reload tells their author what had not gone, until they've read it", async () => {
  const before = uploads();
  before.add(TALK, [box()]);
  await sent(1);
  expect(before.items.value[0]).toMatchObject({ kept: false });
  const after = uploads();
  await after.resume();
  expect(after.items.value).toMatchObject([{ name: "box.png", conversation: TALK, state: "failed", problem: WORDS.lost, canRetry: false }]);
  after.cancel(after.items.value[0]!.client_id);
  const later = uploads();
  await later.resume();
  expect(later.items.value).toEqual([]);
});

test("a file's type is what the browser says, or else what its name ends in", () => {
  expect(typeOf(new File([], "a.JPG"))).toBe("image/jpeg");
  expect(typeOf(new File([], "a.exe"))).toBeNull();
  expect(typeOf(new File([], "a.png", { type: "text/html" }))).toBeNull();
});

test("a long name keeps its ending, and a broken one can be sent", () => {
  expect(decodeURIComponent(nameHeader("x".repeat(4_000) + ".png"))).toBe("x".repeat(116) + ".png");
  expect(nameHeader("a\ud800.png")).toBe("a.png");
});

test("sizes are short", () => {
  expect([5, 340_400, 2_140_000].map(sizeWords)).toEqual(["5 B", "340 kB", "2.1 MB"]);
});

test("five messages that come at once are read in one breath, and none is told twice", () => {
  vi.useFakeTimers();
  const tell = vi.fn();
  const read = reader(tell);
  [1, 2, 3, 4, 5].forEach(read);
  vi.advanceTimersByTime(1_000);
  [5, 4].forEach(read);
  vi.advanceTimersByTime(5_000);
  expect(tell.mock.calls).toEqual([[5]]);
  read(6);
  vi.advanceTimersByTime(1_000);
  expect(tell.mock.calls).toEqual([[5], [6]]);
});
