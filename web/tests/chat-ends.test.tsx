import { cleanup, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { TALK } from "./people";
import { box, press, Ruth, type } from "./ruth";
import { ok, ScriptedSocket } from "./scripted";

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

test("what Ruth still types when Ana ends the chat does nothing, and the keyboard stays where the box was", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const ruth = new Ruth();
  await ruth.holdsAnasChat();
  type(box(), "Hello An");
  ruth.view = { ...ruth.view, state: "closed", version: 9 };
  ScriptedSocket.latest.tell({ kind: "rep_state", conversation: ruth.view });
  const why = (await screen.findByText(/Closed\. The customer/)).closest("p");
  await waitFor(() => expect(document.activeElement).toBe(why));
  screen.getByText("Hello An");
  press("a");
  expect(screen.queryByRole("dialog")).toBeNull();
  vi.setSystemTime(Date.now() + 2_000);
  press("a");
  await screen.findByRole("dialog");
});

test("Ruth who releases a chat has the keyboard where the box was, and her keys work at once", async () => {
  const ruth = new Ruth();
  await ruth.holdsAnasChat();
  const release = screen.getByRole("button", { name: "Release" });
  ruth.desk.on(`POST /api/rep/conversations/${TALK}/release`, () => ok((ruth.view = { ...ruth.view, state: "waiting", yours: false, version: 9 })));
  release.focus();
  release.click();
  const why = (await screen.findByText(/Claim this conversation to answer/)).closest("p");
  await waitFor(() => expect(document.activeElement).toBe(why));
  press("a");
  await screen.findByRole("dialog");
});
