import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { browserStore } from "../src/shared/store";
import { ClosingQuestion } from "../src/widget/ClosingQuestion";
import { PartsContext } from "../src/widget/context";
import { Widget } from "../src/widget/start";
import { strings } from "../src/widget/strings";
import type { CustomerView } from "../src/wire";
import { anasView, TALK } from "./people";
import { ok, ScriptedDesk } from "./scripted";

let desk: ScriptedDesk;
let view: CustomerView;

beforeEach(() => {
  localStorage.clear();
  view = anasView({ state: "closed", can_vote: true, can_reopen: true });
  desk = new ScriptedDesk().on(`PUT /api/conversations/${TALK}/vote`, ({ body }) => {
    const words = body.words === undefined ? view.vote_words : String(body.words).replace("4111 1111 1111 1111", "[card number hidden]") || null;
    view = { ...view, vote: body.solved as boolean, vote_words: words, version: view.version + 1 };
    return ok(view);
  });
});
afterEach(cleanup);

function anaIsAsked() {
  const widget = new Widget(browserStore("t."));
  widget.chat.view.value = view;
  const Question = () => <ClosingQuestion enabled={widget.chat.view.value?.can_vote ?? false} />;
  render(
    <PartsContext.Provider value={{ widget, shut: vi.fn() }}>
      <Question />
    </PartsContext.Provider>,
  );
}
const box = () => screen.getByLabelText<HTMLTextAreaElement>(strings.voteWhy);
const send = () => screen.getByText<HTMLButtonElement>(strings.voteSend);
const sent = () => desk.to("PUT").map((asked) => asked.body);

test("Ana answers with a click, and is offered a box for a sentence only then", async () => {
  anaIsAsked();
  expect(screen.queryByLabelText(strings.voteWhy)).toBeNull();
  fireEvent.click(screen.getByText(strings.solvedNo));
  await waitFor(box);
  expect(sent()).toEqual([{ solved: false }]);
  expect(send().disabled).toBe(true);
});

test("Ana's sentence goes with her vote, and she sees what was kept of it", async () => {
  anaIsAsked();
  fireEvent.click(screen.getByText(strings.solvedNo));
  await waitFor(box);
  fireEvent.input(box(), { target: { value: "My card is 4111 1111 1111 1111" } });
  fireEvent.click(send());
  await screen.findByText(strings.voteSaid);
  expect(sent()[1]).toEqual({ solved: false, words: "My card is 4111 1111 1111 1111" });
  expect(box().value).toBe("My card is [card number hidden]");
});

test("Ana changes her mind, and her sentence stays until she changes that too", async () => {
  view = { ...view, vote: false, vote_words: "It never came." };
  anaIsAsked();
  expect(box().value).toBe("It never came.");
  fireEvent.click(screen.getByText(strings.solvedYes));
  await waitFor(() => expect(screen.getByText(strings.solvedYes).getAttribute("aria-pressed")).toBe("true"));
  expect(box().value).toBe("It never came.");
  fireEvent.input(box(), { target: { value: "" } });
  fireEvent.click(send());
  await waitFor(() => expect(sent()).toEqual([{ solved: true }, { solved: true, words: "" }]));
});
