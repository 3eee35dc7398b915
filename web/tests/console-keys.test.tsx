import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keymap } from "../src/console/keymap";
import { lists, queued, TALK } from "./people";
import { box, cause, CLOSE, press, Ruth, row, type } from "./ruth";
import { ok } from "./scripted";

let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(cleanup);

const listbox = () => screen.getByRole("listbox");
const chosen = () => within(listbox()).getAllByRole("option", { selected: true }).map((each) => each.textContent);
const isFocused = (node: Element) => waitFor(() => expect(document.activeElement).toBe(node));

async function inTheLists() {
  ruth.queue = lists({ waiting: [queued(), queued({ id: "ben-1", customer_name: "Ben" })], mine: [], due: [], waiting_total: 2 });
  await ruth.sitsDown();
}
async function inTheBox(text = "") {
  await ruth.holdsAnasChat();
  box().focus();
  if (text) type(box(), text);
}

/** What each key does, by its place and its act. */
const PROOF: Record<string, () => Promise<unknown>> = {
  "anywhere palette": async () => {
    await inTheBox();
    press("k", { ctrlKey: true });
    await screen.findByRole("dialog", { name: "Find a chat, an answer or a step" });
  },
  "anywhere chat": async () => {
    ruth.holds();
    ruth.queue.mine = [queued({ id: "ben-1", customer_name: "Ben", state: "with_rep" }), ...ruth.queue.mine];
    await ruth.sitsDown();
    press("2", { code: "Digit2", altKey: true });
    await waitFor(() => expect(row("Ana").getAttribute("aria-current")).toBe("true"));
  },
  "anywhere take_offer": async () => {
    ruth.isOffered();
    await ruth.sitsDown("Not now");
    press("y", { altKey: true });
    await screen.findByLabelText("Reply");
    expect(ruth.desk.to("POST /api/rep/offers/o1/accept")).toHaveLength(1);
  },
  "anywhere pass_offer": async () => {
    ruth.isOffered();
    await ruth.sitsDown("Not now");
    press("n", { altKey: true });
    await waitFor(() => expect(ruth.desk.to("POST /api/rep/offers/o1/skip")).toHaveLength(1));
  },
  "lists down": async () => {
    await inTheLists();
    press("j");
    press("ArrowDown");
    await isFocused(row("Ben"));
  },
  "lists up": async () => {
    await inTheLists();
    row("Ben").focus();
    press("k");
    await isFocused(row("Ana"));
  },
  "lists take": async () => {
    await inTheLists();
    row("Ana").focus();
    press("Enter");
    await waitFor(() => expect(ruth.desk.to(`POST /api/rep/conversations/${TALK}/claim`)).toHaveLength(1));
  },
  "lists write": async () => {
    await ruth.holdsAnasChat();
    row("Ana").focus();
    press("Escape");
    await isFocused(box());
  },
  "lists sheet": async () => {
    await inTheLists();
    press("?", { shiftKey: true });
    await screen.findByRole("dialog", { name: "All keys" });
  },
  "lists alerts": async () => {
    await inTheLists();
    press("a");
    await screen.findByRole("dialog", { name: "Alerts" });
  },
  "box send": async () => {
    await inTheBox("Hello Ana");
    press("Enter");
    await waitFor(() => expect(ruth.said).toHaveLength(2));
  },
  "box newline": async () => {
    await inTheBox("Hello Ana");
    expect(fireEvent.keyDown(box(), { key: "Enter", shiftKey: true })).toBe(true); // left to the browser
    expect(box().value).toBe("Hello Ana");
    expect(ruth.said).toHaveLength(1);
  },
  "box macros": async () => {
    await inTheBox("/");
    expect(within(listbox()).getAllByRole("option")).toHaveLength(2);
  },
  "box suggest": async () => {
    const before = { kind: "reply", name: null, title: null, text: "I'll ask at once." };
    ruth.desk.on(`GET /api/rep/conversations/${TALK}/suggestions`, ok({ suggestions: [before] }));
    await inTheBox();
    await screen.findByRole("button", { name: /Helped before/ });
    press("ß", { code: "KeyS", altKey: true });
    await waitFor(() => expect(box().value).toBe("I'll ask at once."));
  },
  "box leave": async () => {
    await inTheBox();
    press("Escape");
    await isFocused(row("Ana"));
  },
  "menu next": async () => {
    await inTheBox("/");
    press("ArrowDown");
    expect(chosen()).toEqual(["The parcel is late /late"]);
  },
  "menu previous": async () => {
    await inTheBox("/");
    press("ArrowUp");
    expect(chosen()).toEqual(["The parcel is late /late"]);
    press("ArrowUp");
    expect(chosen()).toEqual(["One moment /moment"]);
  },
  "menu choose": async () => {
    await inTheBox("/mo");
    press("Enter");
    expect(box().value).toBe("One moment, Ana. Ruth");
    expect(ruth.said).toHaveLength(1);
  },
  "menu dismiss": async () => {
    await inTheBox("/");
    press("Escape");
    expect(screen.queryByRole("listbox")).toBeNull();
    await isFocused(box());
  },
  "closing cause": async () => {
    await ruth.isAboutToClose();
    press("2", { code: "Digit2" });
    expect(cause().value).toBe("Carrier lost it");
    press("1", { code: "Numpad1" });
    expect(cause().value).toBe("Carrier was late");
  },
  "closing finish": async () => {
    await ruth.isAboutToClose();
    press("1", { code: "Digit1" });
    await isFocused(screen.getByRole("button", { name: "Close conversation" })); // where Enter is the browser's
    screen.getByLabelText("What was it about?").focus();
    press("Enter");
    await waitFor(() => expect(ruth.desk.to(CLOSE)[0]?.body).toEqual({ topic: "late_delivery", cause: "Carrier was late" }));
  },
};

describe("The keys of the console", () => {
  test.each(keymap.map((row) => [`${row.place} ${row.act}`, row.says]))("%s: %s", async (key) => {
    expect(PROOF).toHaveProperty([key]);
    await PROOF[key]!();
  });

  test("are all on the sheet, and the sheet has no others", async () => {
    await inTheLists();
    press("?");
    const said = within(await screen.findByRole("dialog")).getAllByRole("definition").map((each) => each.textContent);
    expect(said.sort()).toEqual(keymap.map((row) => row.says).sort());
  });

  test("leave a question mark that is typed alone", async () => {
    await inTheBox("Where is it");
    press("?", { shiftKey: true });
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("Ready answers", () => {
  test("stop the reply while a field is open, and let it go once it's filled", async () => {
    await inTheBox("/late");
    press("Tab");
    expect(box().value).toBe("Sorry, Ana: {tracking_number} is late.");
    expect(screen.getByRole("button", { name: "{tracking_number}" })).toBeTruthy();
    press("Enter");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
    expect(ruth.said).toHaveLength(1);
    type(box(), box().value.replace("{tracking_number}", "your parcel"));
    press("Enter");
    await waitFor(() => expect(ruth.said.at(-1)?.text).toBe("Sorry, Ana: your parcel is late."));
  });

  test("are offered at the start of a line only", async () => {
    await inTheBox("either/");
    expect(screen.queryByRole("listbox")).toBeNull();
    type(box(), "Hello\n/la");
    expect(chosen()).toEqual(["The parcel is late /late"]);
    press("Enter");
    expect(box().value).toBe("Hello\nSorry, Ana: {tracking_number} is late.");
  });

  test("leave a line alone that begins with a slash and fits none", async () => {
    await inTheBox("/shrug");
    press("Enter");
    await waitFor(() => expect(ruth.said.at(-1)?.text).toBe("/shrug"));
  });
});

describe("The palette", () => {
  async function finds(words: string) {
    press("k", { ctrlKey: true });
    const field = await screen.findByRole<HTMLInputElement>("combobox");
    type(field, words);
    return field;
  }

  test("claims the next in line", async () => {
    await ruth.sitsDown();
    const field = await finds("claim");
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByLabelText("Reply");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("puts a ready answer into the box, and sends nothing", async () => {
    await inTheBox("Hello.");
    const field = await finds("one mom");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(box().value).toBe("Hello. One moment, Ana. Ruth");
    expect(ruth.said).toHaveLength(1);
  });

  test("opens closing, and releases", async () => {
    await inTheBox();
    fireEvent.keyDown(await finds("close this"), { key: "Enter" });
    await screen.findByRole("dialog", { name: "Close this conversation" });
    fireEvent.click(screen.getByRole("button", { name: "Keep it open" }));
    fireEvent.keyDown(await finds("release"), { key: "Enter" });
    await waitFor(() => expect(ruth.desk.to(`POST /api/rep/conversations/${TALK}/release`)).toHaveLength(1));
  });

  test("offers nothing that can't be done now", async () => {
    ruth.queue = lists({ waiting: [], mine: [], due: [], waiting_total: 0 });
    await ruth.sitsDown("Nobody is waiting.");
    await finds("chat");
    expect(screen.queryByText("Close this chat")).toBeNull();
    type(screen.getByRole<HTMLInputElement>("combobox"), "release this");
    await screen.findByText("Nothing has that name.");
  });
});
