import { beforeEach, describe, expect, test } from "vitest";
import { browserStore } from "../src/shared/store";
import { OWNER_KEY } from "../src/shared/uploads";
import { LinkSession } from "../src/chat/session";
import { speak } from "../src/widget/languages";
import { CustomerSession, subOf } from "../src/widget/session";
import { ok, refusal, ScriptedDesk } from "./scripted";

const tokenOf = (sub: string) => `x.${btoa(JSON.stringify({ sub }))}.y`;
const ANA = tokenOf("C-1001");
const BEN = tokenOf("C-2002");
let desk: ScriptedDesk;
let given = 0;

beforeEach(() => {
  localStorage.clear();
  given = 0;
  desk = new ScriptedDesk()
    .on("POST /api/sessions", () => ok({ session: `s${(given += 1)}`, verified: true, name: "Ana", order_id: null, expires_at: "" }, 201))
    .on("DELETE /api/sessions/current", ok(null, 204));
});

const session = () => new CustomerSession(browserStore("t."));

describe("Ana's session", () => {
  test("is started with the shop's token and kept for a reload", async () => {
    expect(await session().start(ANA)).toBe("ready");
    expect(desk.to("POST /api/sessions")[0]?.body).toEqual({ identity: ANA });
    expect(session().token).toBe("s1");
  });

  test("goes along when she comes again, so that the desk can keep it", async () => {
    await session().start(ANA);
    await session().start(ANA);
    expect(desk.to("POST /api/sessions")[1]?.headers.Authorization).toBe("Bearer s1");
  });

  test("says in which language her page is, so that the desk tells and refuses things in it", async () => {
    speak("de");
    await session().start(ANA);
    speak("en");
    await session().start(ANA);
    expect(desk.to("POST /api/sessions").map(({ headers }) => headers["Baton-Language"])).toEqual(["de", "en"]);
  });

  test("goes on when the shop's token has run out", async () => {
    await session().start(ANA);
    desk.on("POST /api/sessions", refusal(401, "identity_invalid", "No."));
    const again = session();
    expect(await again.start(ANA)).toBe("ready");
    expect(again.token).toBe("s1");
  });

  test("can't begin with a token that has run out", async () => {
    desk.on("POST /api/sessions", refusal(401, "identity_invalid", "No."));
    expect(await session().start(ANA)).toBe("expired");
  });

  test("begins anew when the desk has forgotten the old one", async () => {
    await session().start(ANA);
    desk.on("POST /api/sessions", (asked) =>
      asked.headers.Authorization ? refusal(401, "signed_out", "Ended.") : ok({ session: "new", verified: true, name: null, order_id: null, expires_at: "" }, 201),
    );
    const again = session();
    expect(await again.start(ANA)).toBe("ready");
    expect(again.token).toBe("new");
  });

  test("ends, with all that was kept, when somebody else is signed in at the shop", async () => {
    await session().start(ANA);
    localStorage.setItem("t.draft", "Ana's words");
    await session().start(BEN);
    expect(desk.to("DELETE /api/sessions/current")[0]?.headers.Authorization).toBe("Bearer s1");
    expect(localStorage.getItem("t.draft")).toBeNull();
    expect(desk.to("POST /api/sessions")[1]?.headers.Authorization).toBeUndefined();
  });

  test("ends on a page where nobody is signed in: the next person at this computer isn't Ana", async () => {
    await session().start(ANA);
    const visitor = session();
    await visitor.start(null);
    expect(desk.to("DELETE /api/sessions/current")).toHaveLength(1);
    expect(visitor.token).toBe("s2");
  });

  test.each([
    ["goes on being hers, files and all, when the desk begins it anew", ANA, ANA, "her word"],
    ["is another person's when the desk begins one anew that had no name", null, null, null],
    ["is another person's when she signs in after the desk has forgotten one that had no name", null, ANA, null],
  ])("%s", async (_, before, after, left) => {
    await session().start(before);
    localStorage.setItem(`t.${OWNER_KEY}`, "her word");
    await session().renew(after);
    expect(localStorage.getItem(`t.${OWNER_KEY}`)).toBe(left);
  });

  test("by a link leaves no files when it's over", async () => {
    localStorage.setItem(`t.${OWNER_KEY}`, "her word");
    await new LinkSession(browserStore("t.")).renew();
    expect(localStorage.getItem(`t.${OWNER_KEY}`)).toBeNull();
  });

  test("takes over what she said before she signed in", async () => {
    await session().start(null);
    await session().start(ANA);
    expect(desk.to("DELETE /api/sessions/current")).toHaveLength(0);
    expect(desk.to("POST /api/sessions")[1]?.headers.Authorization).toBe("Bearer s1");
  });

  test("of a visitor is used again without asking the desk", async () => {
    await session().start(null);
    await session().start(null);
    expect(desk.to("POST /api/sessions")).toHaveLength(1);
  });

  test("is taken from another tab that has begun a new one", async () => {
    const one = session();
    await one.start(null);
    const other = session();
    await other.renew(null);
    expect(other.token).not.toBe(one.token);
    expect(await one.renew(null)).toBe("ready");
    expect(one.token).toBe(other.token);
  });

  test("can wait: a desk that can't be reached is no refusal", async () => {
    desk.on("POST /api/sessions", "unreachable");
    expect(await session().start(ANA)).toBe("unreachable");
  });
});

test.each([null, "", "x", "a.b.c", "a.e30.c", `a.${btoa('{"sub":["C-1"]}')}.c`])("a token such as %j names nobody", (token) => {
  expect(subOf(token)).toBeNull();
});
