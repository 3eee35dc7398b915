import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Line, type LineState } from "../src/shared/socket";
import type { DeskFrame } from "../src/wire";
import { ScriptedSocket } from "./scripted";

function anasLine() {
  const states: LineState[] = [];
  const frames: DeskFrame[] = [];
  const line = new Line({
    url: "ws://desk.test/api/socket",
    hello: () => ({ kind: "hello", session: "s", conversation: "ana-1", after: 3 }),
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
    waits: { next: () => 1_000, reset: () => undefined },
  });
  return { line, states, frames };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", ScriptedSocket);
  ScriptedSocket.all = [];
});
afterEach(() => vi.useRealTimers());

describe("Ana's socket", () => {
  test("says hello first, with the last whole message, and is open once the desk is ready", () => {
    const { states } = anasLine();
    ScriptedSocket.latest.open();
    expect(ScriptedSocket.latest.sent).toEqual([{ kind: "hello", session: "s", conversation: "ana-1", after: 3 }]);
    expect(states).toEqual(["connecting", "open"]);
  });

  test("answers each heartbeat", () => {
    anasLine();
    ScriptedSocket.latest.open();
    ScriptedSocket.latest.tell({ kind: "beat", conversation: "ana-1", head: 3, version: 1 });
    expect(ScriptedSocket.latest.sent.at(-1)).toEqual({ kind: "pong" });
  });

  test.each([1000, 1001, 1006, 1011, 4400, 4403])("comes back after it was closed with %i", (code) => {
    const { states } = anasLine();
    ScriptedSocket.latest.open();
    ScriptedSocket.latest.drop(code);
    vi.advanceTimersByTime(1_001);
    expect(ScriptedSocket.all).toHaveLength(2);
    ScriptedSocket.latest.open();
    expect(states).toEqual(["connecting", "open", "lost", "open"]);
  });

  test("doesn't come back when the session has ended", () => {
    const { states } = anasLine();
    ScriptedSocket.latest.open();
    ScriptedSocket.latest.drop(4401);
    vi.advanceTimersByTime(60_000);
    expect(ScriptedSocket.all).toHaveLength(1);
    expect(states.at(-1)).toBe("ended");
  });

  test("stays away longer when there were too many", () => {
    anasLine();
    ScriptedSocket.latest.drop(4429);
    vi.advanceTimersByTime(10_000);
    expect(ScriptedSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1_001);
    expect(ScriptedSocket.all).toHaveLength(2);
  });

  test("counts as blocked after three that never opened, and as open as soon as one does", () => {
    const { states } = anasLine();
    for (let tries = 0; tries < 3; tries += 1) {
      ScriptedSocket.latest.drop();
      vi.advanceTimersByTime(1_001);
    }
    expect(states).toEqual(["connecting", "lost", "lost", "blocked"]);
    ScriptedSocket.latest.open();
    expect(states.at(-1)).toBe("open");
  });

  test("that has gone quiet is given up and dialled again", () => {
    const { states } = anasLine();
    ScriptedSocket.latest.open();
    vi.advanceTimersByTime(34_000);
    expect(states.at(-1)).toBe("open");
    vi.advanceTimersByTime(2_100);
    expect(states.at(-1)).toBe("lost");
    expect(ScriptedSocket.all).toHaveLength(2);
  });

  test("that was let go can't speak any more", () => {
    const { line, frames } = anasLine();
    const old = ScriptedSocket.latest;
    old.open();
    line.restart();
    old.tell({ kind: "typing", conversation: "ana-1", who: { kind: "rep", name: "Ruth" } });
    expect(frames.filter((frame) => frame.kind === "typing")).toEqual([]);
  });

  test("takes junk without harm", () => {
    const { frames } = anasLine();
    ScriptedSocket.latest.open();
    for (const junk of ["", "{", "null", "[]", "7", '{"kind":7}']) ScriptedSocket.latest.onmessage?.({ data: junk });
    expect(frames.map((frame) => frame.kind)).toEqual(["ready"]);
  });

  test("is dialled at once when Ana comes back to the page, unless it lives", () => {
    const { line } = anasLine();
    ScriptedSocket.latest.open();
    line.nudge();
    expect(ScriptedSocket.all).toHaveLength(1);
    ScriptedSocket.latest.drop();
    line.nudge();
    expect(ScriptedSocket.all).toHaveLength(2);
  });
});
