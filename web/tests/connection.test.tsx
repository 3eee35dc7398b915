import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { now } from "../src/shared/clock";
import { Ruth } from "./ruth";
import { ok, ScriptedSocket } from "./scripted";

let ruth: Ruth;
beforeEach(async () => {
  ruth = new Ruth();
  await ruth.sitsDown();
});
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
});

/** The line is lost, and so many milliseconds pass; then time stands still. */
function isLost(ms: number): void {
  void act(() => ScriptedSocket.latest.drop());
  const then = Date.now() + ms;
  vi.spyOn(Date, "now").mockReturnValue(then);
  void act(() => void (now.value = then));
}

describe("While the desk can't be heard, Ruth", () => {
  test("reads since when, that she may go on, and that nothing is lost", async () => {
    isLost(5_000);
    const words = (await screen.findByText(/^Reconnecting since \d\d:\d\d\.$/)).closest("[role=status]")!.textContent;
    expect(words).toContain("You can go on reading and writing.");
    expect(words).toContain("Your drafts are safe in this browser");
    void act(() => void dispatchEvent(new Event("online"))); // dials at once
    void act(() => ScriptedSocket.latest.open());
    await waitFor(() => expect(screen.queryByText(/Reconnecting since/)).toBeNull());
  });

  test("isn't bothered with a line that comes back at once", async () => {
    isLost(0);
    await screen.findByText("Reconnecting"); // at her name, where it always stands
    expect(screen.queryByText(/Reconnecting since/)).toBeNull();
  });

  test("reads that her own computer has no network", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    isLost(5_000);
    await screen.findByText(/This computer has no network/);
  });
});

describe("At signing in, Ruth reads", () => {
  test("that the desk ended her session, and that her drafts are safe", async () => {
    void act(() => ScriptedSocket.latest.drop(4401));
    expect((await screen.findByText(/the desk has ended your session/)).getAttribute("role")).toBe("status");
  });

  test("what became of her chats when she signed out, though the desk ends the line before it answers", async () => {
    ruth.desk.on("POST /api/rep/sign-out", () => {
      ScriptedSocket.latest.drop(4401);
      return ok(null, 204);
    });
    fireEvent.click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByText(/your chats went back to their places in line/);
  });
});
