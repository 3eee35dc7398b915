import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { AdminPage } from "../src/console/admin/AdminPage";
import { App } from "../src/console/App";
import type { Page } from "../src/console/pages";
import type { Administration, Rep } from "../src/wire";
import { administration, ruth } from "./administration";
import { lists, TALK } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const page: Page = { hash: "#admin", title: "Admin", roles: ["lead", "admin"], load: async () => AdminPage };
let all: Administration;
let desk: ScriptedDesk;

beforeEach(() => {
  localStorage.clear();
  goTo("#admin");
  all = administration();
});
afterEach(() => {
  cleanup();
  goTo("");
});

function goTo(hash: string) {
  location.hash = hash;
  dispatchEvent(new Event("hashchange"));
}

async function sitsDown(role: Rep["role"]) {
  desk = new ScriptedDesk()
    .on("GET /api/rep/me", ok({ rep: { id: "r1", name: "ada", display_name: "Ada", role }, csrf: "token" }))
    .on("GET /api/rep/queue", () => ok(lists({ waiting: [], mine: [], due: [], waiting_total: 0 })))
    .on("GET /api/rep/conversations", refusal(404, "not_found", "No."))
    .on("GET /api/admin", () => ok(all));
  const account = new Account();
  render(<App account={account} pages={[page]} />);
  await account.look();
  ScriptedSocket.latest.open();
  await screen.findByRole("button", { name: "Change Ruth" });
}
const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const choose = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name, hidden: true }));
const save = () => fireEvent.submit(document.querySelector("dialog form")!);

describe("Ada, an admin", () => {
  test("moves through the tabs with the arrow keys", async () => {
    await sitsDown("admin");
    const tabs = () => screen.getAllByRole("tab");
    expect(tabs().map((tab) => tab.textContent)).toEqual(["Reps", "Teams", "Sites and hours", "Skills", "Macros", "E-mail", "Invitations", "Settings"]);
    fireEvent.keyDown(tabs()[0]!, { key: "ArrowRight" });
    expect(tabs()[1]!.getAttribute("aria-selected")).toBe("true");
    expect(document.activeElement).toBe(tabs()[1]);
    expect(await screen.findByText("Nights")).toBeTruthy();
    fireEvent.keyDown(tabs()[1]!, { key: "End" });
    expect(tabs()[7]!.getAttribute("aria-selected")).toBe("true");
    fireEvent.keyDown(tabs()[7]!, { key: "ArrowRight" });
    expect(tabs()[0]!.getAttribute("aria-selected")).toBe("true");
  });

  test("reads which e-mail couldn't be delivered and why, and looks at its chat", async () => {
    const made_at = "2026-11-29T09:05:00Z";
    const failed = { id: "m1", kind: "rep_wrote", to: "a…@example.com", customer_name: "Ana", conversation: TALK, state: "failed", made_at, why: "there is no such mailbox" } as const;
    const late = { ...failed, id: "m2", kind: "invitation", to: "sam@example.com", customer_name: null, conversation: null, state: "late", why: null } as const;
    all = { ...all, mail_in_trouble: [failed, late] };
    await sitsDown("admin");
    desk.on(`POST /api/rep/conversations/${TALK}/look`, refusal(404, "not_found", "No."));
    fireEvent.click(screen.getByRole("tab", { name: "E-mail" }));
    const words = (await screen.findAllByRole("row")).slice(1).map((row) => row.textContent);
    expect(words[0]).toMatch(/^a…@example\.comA rep has answeredAnaCouldn't be deliveredthere is no such mailbox/);
    expect(words[1]).toMatch(/^sam@example\.comInvitationNot gone out yet/);
    fireEvent.click(screen.getByRole("button", { name: "Ana" }));
    await waitFor(() => expect(desk.to(`POST /api/rep/conversations/${TALK}/look`)).toHaveLength(1));
  });

  test("finds Ruth among many and changes her account, skills and all", async () => {
    await sitsDown("admin");
    desk.on("PUT /api/admin/reps/r-ruth", ok({ ...ruth, revision: "two" }));
    type("Find", "ruth");
    await waitFor(() => expect(screen.queryByText("Sam")).toBeNull());
    press("Change Ruth");
    choose("Team", "t1");
    choose("Spanish", "3");
    choose("Coins", "0");
    save();
    await screen.findByText("Ruth is changed.");
    const body = desk.to("PUT /api/admin/reps/r-ruth")[0]?.body;
    const account = { display_name: "Ruth", role: "rep", disabled: false, site_id: null, capacity: 3 };
    expect(body).toEqual({ revision: "one", ...account, team_id: "t1", skills: [{ skill: "lang_es", level: 3 }], hours: [], days: [] });
  });

  test("is told that Otto was quicker, sees what he did, and hasn't lost her words", async () => {
    await sitsDown("admin");
    desk.on("PUT /api/admin/reps/r-ruth", () => {
      all = { ...all, reps: [{ ...ruth, capacity: 9, revision: "two" }] };
      return refusal(409, "changed_meanwhile", "Somebody else has changed this meanwhile.");
    });
    press("Change Ruth");
    type("Name that customers see", "Ruthie");
    save();
    await screen.findByText(/Somebody else/);
    expect(screen.getByLabelText<HTMLInputElement>("Name that customers see").value).toBe("Ruthie");
    expect(await screen.findByText("9")).toBeTruthy();
  });

  test("writes hours as people write them", async () => {
    await sitsDown("admin");
    fireEvent.click(screen.getByRole("tab", { name: "Sites and hours" }));
    desk.on("PUT /api/admin/sites/s1", ok({}));
    press("Change Leeds");
    expect(screen.getByLabelText<HTMLInputElement>("Monday").value).toBe("09:00-12:30");
    type("Sunday", "late");
    save();
    await screen.findByText(/Sunday: write the hours/);
    type("Sunday", "22-24");
    save();
    await screen.findByText("The site Leeds is saved.");
    const body = desk.to("PUT /api/admin/sites/s1")[0]?.body;
    expect(body?.hours).toEqual([
      { weekday: 0, opens: 540, closes: 750 },
      { weekday: 6, opens: 1320, closes: 1440 },
    ]);
  });

  test("invites somebody and gets the link this once", async () => {
    await sitsDown("admin");
    fireEvent.click(screen.getByRole("tab", { name: "Invitations" }));
    const invitation = { id: "i1", email: "ida@example.com", role: "lead", rep_id: null, team_id: null, site_id: null, made_by: "Ada" };
    const made = { ...invitation, made_at: "2026-11-22T09:00:00Z", expires_at: "2026-11-29T09:00:00Z", state: "open" };
    desk.on("POST /api/admin/invitations", ok({ invitation: made, link: "https://desk/console/#invitation=abc", mailed: true }, 201));
    press("Invite somebody");
    type("E-mail address", "ida@example.com");
    choose("Role", "lead");
    save();
    expect((await screen.findByLabelText<HTMLInputElement>("Link")).value).toContain("#invitation=abc");
    press("Done");
    await waitFor(() => expect(screen.queryByLabelText("Link")).toBeNull());
  });

  test("writes a macro with fields that there are, put in by their buttons where the cursor is", async () => {
    await sitsDown("admin");
    fireEvent.click(screen.getByRole("tab", { name: "Macros" }));
    desk.on("POST /api/admin/macros", ok({}, 201));
    press("Add a macro");
    type("Name", "late");
    type("Title", "Late");
    type("Text", "Sorry, {name}!");
    save();
    await screen.findByText(/{name} can't be filled in/);
    expect(desk.to("POST /api/admin/macros")).toEqual([]);
    const text = screen.getByLabelText<HTMLTextAreaElement>("Text");
    text.focus();
    text.setSelectionRange(7, 13);
    press("{first_name}");
    expect(text.value).toBe("Sorry, {first_name}!");
    save();
    await screen.findByText("The macro late is saved.");
    expect(desk.to("POST /api/admin/macros")[0]?.body).toMatchObject({ text: "Sorry, {first_name}!" });
  });

  test("switches a setting", async () => {
    await sitsDown("admin");
    fireEvent.click(screen.getByRole("tab", { name: "Settings" }));
    desk.on("PUT /api/admin/settings/write_to_absent", ok({}));
    fireEvent.click(screen.getByLabelText("Write to who left"));
    await screen.findByText("The setting is saved.");
    expect(desk.to("PUT /api/admin/settings/write_to_absent").map(({ body }) => body)).toEqual([{ revision: "p", value: true }]);
  });
});

describe("Lena, a lead", () => {
  test("changes skills, team, site and capacity, and is offered nothing else", async () => {
    await sitsDown("lead");
    expect(screen.queryByRole("tab", { name: "Invitations" })).toBeNull();
    expect(screen.queryByRole("button", { name: "New sign-in for Ruth" })).toBeNull();
    press("Change Ruth");
    const dialog = within(document.querySelector("dialog")!);
    for (const label of ["Name that customers see", "Role", "May not sign in"]) expect(dialog.queryByLabelText(label)).toBeNull();
    expect(dialog.getByLabelText("Chats at once")).toBeTruthy();
  });

  test("changes Sam's hours, a day off and one that ends early, and is told what can't be read", async () => {
    const hours = [0, 1, 2].map((weekday) => ({ weekday, opens: 480, closes: 960 }));
    all = { ...all, reps: [{ ...ruth, site_id: "s1", hours, skills: [{ skill: "lang_es", level: 2 }] }] };
    await sitsDown("lead");
    expect(screen.getByText("Mon–Wed 08:00–16:00")).toBeTruthy();
    expect(screen.getByText("Spanish 2")).toBeTruthy();
    desk.on("PUT /api/admin/reps/r-ruth", ok({}));
    press("Change Ruth");
    expect(document.querySelector("dialog")!.textContent).toContain("All seven empty: Leeds's hours (Mon 09:00–12:30).");
    type("Tuesday", "22:00-06:00");
    type("Wednesday", "");
    press("Add a day");
    press("Add a day");
    type("Day 1", "2026-12-24");
    type("Day 2", "2026-11-30");
    type("Hours of day 2", "until late");
    save();
    await screen.findByText(/2026-11-30: write off, until 16:00/);
    type("Hours of day 2", "until 14:00");
    save();
    await screen.findByText("Ruth is changed.");
    const body = desk.to("PUT /api/admin/reps/r-ruth")[0]?.body;
    expect(body?.hours).toEqual([
      { weekday: 0, opens: 480, closes: 960 },
      { weekday: 1, opens: 1320, closes: 1800 },
    ]);
    expect(body?.days).toEqual([
      { day: "2026-12-24", hours: [] },
      { day: "2026-11-30", hours: [{ opens: 480, closes: 840 }] },
    ]);
  });
});

describe("Ida, who was invited", () => {
  async function follows(answer: Parameters<ScriptedDesk["on"]>[1]) {
    goTo("#invitation=the-token");
    desk = new ScriptedDesk().on("POST /api/invitation/look", answer).on("GET /api/rep/me", refusal(401, "signed_out", "No.")).on("GET /api/setup", ok({ needed: false }));
    const account = new Account();
    render(<App account={account} pages={[page]} />);
    await account.look();
  }

  test("makes her account and is asked for the key of her app", async () => {
    await follows(ok({ email: "ida@example.com", role: "lead", name: null, display_name: null, second_factor: true }));
    desk.on("POST /api/invitation/accept", ok({ name: "ida", totp_secret: "ABCDEFGH", totp_uri: "otpauth://x" }, 201));
    fireEvent.input(await screen.findByLabelText("Name to sign in with"), { target: { value: "ida" } });
    type("Name that customers see", "Ida");
    type("Password", "a long pass phrase");
    fireEvent.submit(document.querySelector("form")!);
    await screen.findByText("ABCD EFGH");
    expect(location.hash).toBe("");
    const body = desk.to("POST /api/invitation/accept")[0]?.body;
    expect(body).toEqual({ token: "the-token", name: "ida", display_name: "Ida", password: "a long pass phrase" });
  });

  test("is told when the link leads nowhere, and where else to go", async () => {
    await follows(refusal(410, "link_used", "This link was used already or is older than seven days."));
    await screen.findByText(/used already/);
    press("Sign in instead");
    await screen.findByRole("heading", { name: "Sign in" });
  });
});
