import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import { lists } from "./people";
import { ok, refusal, ScriptedDesk } from "./scripted";

const RUTH = { rep: { id: "r1", name: "ruth", display_name: "Ruth", role: "rep" }, csrf: "token" };
let desk: ScriptedDesk;

beforeEach(() => {
  desk = new ScriptedDesk().on("GET /api/rep/queue", ok(lists({ waiting: [], mine: [], due: [], waiting_total: 0 })));
});
afterEach(cleanup);

describe("Ruth signs in", () => {
  const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
  const submit = () => fireEvent.submit(screen.getByRole("button", { name: "Sign in" }).closest("form")!);

  async function ruthComesToTheConsole(needed = false) {
    desk.on("GET /api/rep/me", refusal(401, "signed_out", "Ended.")).on("GET /api/setup", ok({ needed }));
    const account = new Account();
    render(<App account={account} />);
    await account.look();
  }

  test("and is told when the password is wrong", async () => {
    await ruthComesToTheConsole();
    desk.on("POST /api/rep/sign-in", refusal(401, "wrong_password", "Name or password is wrong."));
    fill("Name", "ruth");
    fill("Password", "wrong");
    submit();
    await screen.findByText("Name or password is wrong.");
  });

  test("with six digits only when the desk asks for them", async () => {
    await ruthComesToTheConsole();
    desk.on("POST /api/rep/sign-in", ({ body }) => (body.totp ? ok(RUTH) : refusal(401, "totp_needed", "Enter the six digits.")));
    expect(screen.queryByLabelText("Six digits")).toBeNull();
    fill("Name", "ruth");
    fill("Password", "right");
    submit();
    await screen.findByLabelText("Six digits");
    fill("Six digits", "123 456");
    submit();
    await screen.findByRole("heading", { name: /Waiting/ });
    expect(desk.to("POST /api/rep/sign-in").at(-1)?.body).toEqual({ name: "ruth", password: "right", totp: "123456" });
  });

  test("or makes the first account where there's none", async () => {
    await ruthComesToTheConsole(true);
    desk.on("POST /api/setup", ok({ totp_secret: "ABCDEFGHIJKLMNOP", totp_uri: "otpauth://totp/Baton" }));
    desk.on("POST /api/rep/sign-in", ok(RUTH));
    await screen.findByRole("heading", { name: "Make the first account" });
    fill("Set-up code", "AAAA-BBBB");
    fill("Name to sign in with", "lena");
    fill("Name that customers see", "Lena");
    fill("Password", "a long password");
    fireEvent.submit(screen.getByRole("button", { name: "Make the account" }).closest("form")!);
    await screen.findByText("ABCD EFGH IJKL MNOP");
    fill("Six digits", "123 456");
    submit();
    await screen.findByRole("heading", { name: /Waiting/ });
    expect(desk.to("POST /api/rep/sign-in").at(-1)?.body).toEqual({ name: "lena", password: "a long password", totp: "123456" });
  });
});
