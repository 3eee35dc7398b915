import { cleanup, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { box, press, Ruth, type } from "./ruth";
import { ScriptedSocket } from "./scripted";

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
