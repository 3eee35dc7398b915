// @vitest-environment node
import { expect, test } from "vitest";
import { actOf, numberOf } from "../src/console/keymap";
import { sends } from "../src/shared/keys";

test.each([
  [{ key: "Enter" }, true],
  [{ key: "Enter", shiftKey: true }, false],
  [{ key: "Enter", isComposing: true }, false],
  [{ key: "Enter", isComposing: false, keyCode: 229 }, false],
  [{ key: "Enter", keyCode: 13 }, true],
  [{ key: "Enter", ctrlKey: true }, true],
  [{ key: "a" }, false],
])("%j sends: %s", (stroke, expected) => expect(sends(stroke)).toBe(expected));

test.each([
  [{ key: "j" }, "down"],
  [{ key: "J", shiftKey: true }, "down"],
  [{ key: "ArrowDown" }, "down"],
  [{ key: "k" }, "up"],
  [{ key: "Enter" }, "take"],
  [{ key: "?", shiftKey: true }, "sheet"],
  [{ key: "x" }, null],
  [{ key: "j", ctrlKey: true }, null],
  [{ key: "j", isComposing: true }, null],
])("in the lists %j means %s", (stroke, act) => expect(actOf("lists", stroke)).toBe(act));

test.each([
  [{ key: "1", code: "Digit1", altKey: true }, 0],
  [{ key: "¡", code: "Digit1", altKey: true }, 0],
  [{ key: "9", code: "Numpad9", altKey: true }, 8],
])("%j is chat %s", (stroke, number) => {
  expect(actOf("anywhere", stroke)).toBe("chat");
  expect(numberOf(stroke)).toBe(number);
});

test.each([
  { key: "0", code: "Digit0", altKey: true },
  { key: "1", code: "Digit1" },
  { key: "1", code: "Digit1", altKey: true, ctrlKey: true },
])("%j is no chat", (stroke) => expect(actOf("anywhere", stroke)).toBeNull());

test("Ctrl+K and, on a Mac, Cmd+K open the palette; K by itself doesn't", () => {
  expect(actOf("anywhere", { key: "k", ctrlKey: true })).toBe("palette");
  expect(actOf("anywhere", { key: "k", metaKey: true })).toBe("palette");
  expect(actOf("anywhere", { key: "k" })).toBeNull();
});

test("Shift+Enter starts a new line, Enter sends, and an input method's Enter does neither", () => {
  expect(actOf("box", { key: "Enter", shiftKey: true })).toBe("newline");
  expect(actOf("box", { key: "Enter" })).toBe("send");
  expect(actOf("box", { key: "Enter", isComposing: true })).toBeNull();
});
