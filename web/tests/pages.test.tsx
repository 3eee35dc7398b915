import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import type { Page } from "../src/console/pages";
import type { QueueItem, Rep } from "../src/wire";
import { lists, queued } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const moon: Page = { hash: "#moon", title: "Moon", roles: ["lead", "admin"], load: async () => () => <p>Waxing</p> };
const broken: Page = { hash: "#broken", title: "Broken", roles: ["lead"], load: () => Promise.reject(new Error("gone")) };
let mine: QueueItem[];

beforeEach(() => {
  localStorage.clear();
  goTo("");
  mine = [queued({ state: "with_rep", place: null, last_text: "Are you there?" })];
});
afterEach(cleanup);

async function sitsDown(role: Rep["role"]) {
  new ScriptedDesk()
    .on("GET /api/rep/me", ok({ rep: { id: "r1", name: "lena", display_name: "Lena", role }, csrf: "token" }))
    .on("GET /api/rep/queue", () => ok(lists({ waiting: [], mine, due: [], waiting_total: 0 })))
    .on("GET /api/rep/conversations", refusal(404, "not_found", "No."));
  const account = new Account();
  render(<App account={account} pages={[moon, broken]} />);
  await account.look();
  if (role !== "writer") ScriptedSocket.latest.open();
}
function goTo(hash: string) {
  location.hash = hash;
  dispatchEvent(new Event("hashchange"));
}

test("Wen, a writer, is told where her words are instead of a desk that she may not open", async () => {
  await sitsDown("writer");
  await screen.findByText("handoff/words.yml");
  expect(screen.queryByRole("heading", { name: /My chats/ })).toBeNull();
});

describe("A page beside the chats", () => {
  test("is linked and opened for Lena, a lead, who comes back to her chats", async () => {
    await sitsDown("lead");
    await screen.findByRole("heading", { name: /My chats/ });
    expect(screen.getByRole("link", { name: "Moon" }).getAttribute("href")).toBe("#moon");
    goTo("#moon");
    await screen.findByText("Waxing");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Moon");
    expect(screen.getByRole("link", { name: "Moon" }).getAttribute("aria-current")).toBe("page");
    goTo("");
    await screen.findByRole("heading", { name: /My chats/ });
  });

  test("is neither linked nor opened for Ruth, a rep", async () => {
    goTo("#moon");
    await sitsDown("rep");
    await screen.findByRole("heading", { name: /My chats/ });
    expect(screen.queryByRole("link", { name: "Moon" })).toBeNull();
  });

  test("is left by the key of a chat", async () => {
    await sitsDown("lead");
    await screen.findByText("Are you there?");
    goTo("#moon");
    await screen.findByText("Waxing");
    fireEvent.keyDown(document.body, { key: "1", code: "Digit1", altKey: true });
    await waitFor(() => expect(location.hash).toBe(""));
  });

  test("hides no news: what comes meanwhile stays unread", async () => {
    await sitsDown("lead");
    await screen.findByText("Are you there?");
    goTo("#moon");
    await screen.findByText("Waxing");
    ScriptedSocket.latest.tell({ kind: "queue", queue: lists({ waiting: [], mine: [{ ...mine[0]!, last_at: "2026-06-05T12:09:00Z" }], due: [], waiting_total: 0 }) });
    await waitFor(() => expect(document.title).toBe("(1) Baton console"));
    goTo("");
    await waitFor(() => expect(document.title).toBe("Baton console"));
  });

  test("says so when it can't be loaded", async () => {
    await sitsDown("lead");
    goTo("#broken");
    await screen.findByText("This page couldn't be loaded. Reload to try again.");
  });
});
