import { cleanup, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TALK } from "./people";
import { Ruth } from "./ruth";
import { ScriptedSocket } from "./scripted";

let ruth: Ruth;
beforeEach(async () => {
  ruth = new Ruth();
  await ruth.holdsAnasChat();
});
afterEach(cleanup);

const looking = (...names: string[]) => ScriptedSocket.latest.tell({ kind: "lookers", conversation: TALK, names });
const head = () => screen.getByRole("heading", { level: 1 }).closest("header")!;

describe("at the head of Ana's chat Ruth reads", () => {
  test.each([
    [["Sam"], "Sam is looking too"],
    [["Sam", "Sue"], "Sam and Sue are looking too"],
    [["Sam", "Sue", "Tom"], "Sam and 2 others are looking too"],
  ])("of %j: %s", async (names, words) => {
    looking(...names);
    await waitFor(() => expect(head().textContent).toContain(words));
  });

  test("only of others: that whoever holds the chat looks at it is no news", async () => {
    looking("Ruth", "Sam");
    await screen.findByText("Sam is looking too");
  });

  test("nothing once they have left, or the line is lost", async () => {
    looking("Sam");
    await screen.findByText("Sam is looking too");
    looking();
    await waitFor(() => expect(head().textContent).not.toContain("looking"));
    looking("Sam");
    await screen.findByText("Sam is looking too");
    ScriptedSocket.latest.drop();
    await waitFor(() => expect(head().textContent).not.toContain("looking"));
  });
});
