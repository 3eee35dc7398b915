import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Ruth } from "./ruth";
import { ok } from "./scripted";

afterEach(cleanup);

const signOuts = (ruth: Ruth) => ruth.desk.to("POST /api/rep/sign-out").length;

async function pressesSignOut(ruth: Ruth): Promise<void> {
  ruth.desk.on("POST /api/rep/sign-out", ok({}));
  fireEvent.click(screen.getByRole("button", { name: "Sign out" }));
}

test("with chats in hand Ruth is told what becomes of them, and may stay", async () => {
  const ruth = new Ruth();
  await ruth.holdsAnasChat();
  await pressesSignOut(ruth);
  const dialog = await screen.findByRole("dialog", { name: "Sign out?" });
  expect(dialog.textContent).toContain("You hold one chat. It goes back to the line at its old place");
  fireEvent.click(screen.getByRole("button", { name: "Stay" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(signOuts(ruth)).toBe(0);
});

test("or signs out all the same", async () => {
  const ruth = new Ruth();
  await ruth.holdsAnasChat();
  await pressesSignOut(ruth);
  fireEvent.submit((await screen.findByRole("dialog")).querySelector("form")!);
  await waitFor(() => expect(signOuts(ruth)).toBe(1));
});

test("she is told by the palette too", async () => {
  const ruth = new Ruth();
  await ruth.holdsAnasChat();
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  const field = await screen.findByRole("combobox", { name: /Find a chat/ });
  fireEvent.input(field, { target: { value: "sign out" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await screen.findByRole("dialog", { name: "Sign out?" });
  expect(signOuts(ruth)).toBe(0);
});

test("with empty hands she signs out at once", async () => {
  const ruth = new Ruth();
  await ruth.sitsDown();
  await pressesSignOut(ruth);
  await waitFor(() => expect(signOuts(ruth)).toBe(1));
  expect(screen.queryByRole("dialog")).toBeNull();
});
