import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "../src/shared/ask";
import { type Outgoing, outbox } from "../src/shared/outbox";
import { Sender } from "../src/shared/send";
import { browserStore } from "../src/shared/store";
import type { Message } from "../src/wire";
import { fromAna } from "./people";

const unreachable: Answer<Message> = { kind: "unreachable" };
const refused = (status: number, code: string, retry_after: number | null = null): Answer<Message> => ({
  kind: "refused",
  status,
  error: { code, message: `Refused: ${code}.`, request_id: "r", field: null, limit: null, retry_after },
});
let seq = 0;
const stored = (item: Outgoing): Answer<Message> => ({ kind: "ok", status: 201, body: fromAna((seq += 1), item.text, item.client_id) });

function anasSender(post: (item: Outgoing) => Promise<Answer<Message>> | Answer<Message>) {
  const posted: string[] = [];
  const signedOut = vi.fn();
  const sender = new Sender({
    box: outbox(browserStore("t.")),
    post: async (item) => {
      posted.push(item.text);
      return post(item);
    },
    onStored: () => undefined,
    onSignedOut: signedOut,
    words: { unreachable: "The connection failed.", offline: "Waiting for the connection" },
    waits: { next: () => 1000, reset: () => undefined },
  });
  const say = (text: string) => sender.send({ conversation: null, text });
  const states = () => sender.items.value.map(({ text, state }) => `${text} ${state}`);
  return { sender, posted, signedOut, say, states };
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("Ana's messages", () => {
  test("go out one after the other, in her order, and leave the outbox when the desk has them", async () => {
    const { say, posted, states } = anasSender(stored);
    say("one");
    say("two");
    expect(states()).toEqual(["one pending", "two pending"]);
    await vi.advanceTimersByTimeAsync(0);
    expect(posted).toEqual(["one", "two"]);
    expect(states()).toEqual([]);
  });

  test("wait for the one before them, so that the order can't turn round", async () => {
    let tries = 0;
    const { say, posted } = anasSender((item) => (item.text === "one" && (tries += 1) < 3 ? unreachable : stored(item)));
    say("one");
    say("two");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(posted).toEqual(["one", "one", "one", "two"]);
  });

  test("go out again under the same client id", async () => {
    const ids: string[] = [];
    const { say } = anasSender((item) => (ids.push(item.client_id) < 2 ? unreachable : stored(item)));
    say("one");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test("are shown as not sent after four tries, all of them, and go out when the network is back", async () => {
    let down = true;
    const { say, states, posted, sender } = anasSender((item) => (down ? unreachable : stored(item)));
    say("one");
    say("two");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states()).toEqual(["one failed", "two failed"]);
    expect(posted).toEqual(["one", "one", "one", "one"]);
    down = false;
    sender.retryAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(posted.slice(4)).toEqual(["one", "two"]);
    expect(states()).toEqual([]);
  });

  test("stay pending while the browser is offline: nothing has failed yet", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const { say, states, sender } = anasSender(() => unreachable);
    say("one");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states()).toEqual(["one pending"]);
    expect(sender.items.value[0]?.problem).toBe("Waiting for the connection");
  });

  test("that are too many at once wait as long as the desk says", async () => {
    const answers = [refused(429, "too_many", 7)];
    const { say, posted, states, sender } = anasSender((item) => answers.shift() ?? stored(item));
    say("one");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(states()).toEqual(["one pending"]);
    expect(sender.items.value[0]?.problem).toBe("Refused: too_many.");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(posted).toEqual(["one", "one"]);
    expect(states()).toEqual([]);
  });

  test("that the desk refuses stay with the reason, hold nothing else up, and aren't sent again by themselves", async () => {
    const { say, states, posted, sender } = anasSender((item) => (item.text === "bad" ? refused(422, "bad_character") : stored(item)));
    say("bad");
    say("good");
    await vi.advanceTimersByTimeAsync(0);
    expect(states()).toEqual(["bad failed"]);
    expect(sender.items.value[0]?.problem).toBe("Refused: bad_character.");
    sender.retryAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(posted).toEqual(["bad", "good"]);
  });

  test("are sent again when she asks for it", async () => {
    const answers = [refused(422, "bad_character")];
    const { say, states, sender } = anasSender((item) => answers.shift() ?? stored(item));
    say("one");
    await vi.advanceTimersByTimeAsync(0);
    sender.retry(sender.items.value[0]!.client_id);
    await vi.advanceTimersByTimeAsync(0);
    expect(states()).toEqual([]);
  });

  test("wait for a new session when hers has ended", async () => {
    const answers = [refused(401, "signed_out")];
    const { say, states, signedOut, sender } = anasSender((item) => answers.shift() ?? stored(item));
    say("one");
    await vi.advanceTimersByTimeAsync(0);
    expect(signedOut).toHaveBeenCalledOnce();
    expect(states()).toEqual(["one pending"]);
    sender.retryAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(states()).toEqual([]);
  });

  test("written before a reload go out after it", async () => {
    const before = anasSender(() => unreachable);
    before.say("one");
    await vi.advanceTimersByTimeAsync(0);
    const after = anasSender(stored);
    expect(after.states()).toEqual(["one pending"]);
    await after.sender.pump();
    expect(after.states()).toEqual([]);
  });
});
