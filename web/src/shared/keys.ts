/** Keys that both pages know. */

export interface Stroke {
  key: string;
  shiftKey?: boolean;
  altKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  isComposing?: boolean;
  keyCode?: number;
  code?: string;
}

/** Safari ends the composing before it reports the Enter that ended it; what's left is this code. */
const FOR_INPUT_METHOD = 229;

/** Enter sends; Shift+Enter is a new line; Enter that ends a word in an input method does neither. */
export function sends(stroke: Stroke): boolean {
  return stroke.key === "Enter" && !stroke.shiftKey && !stroke.altKey && !isForInputMethod(stroke);
}

/** Whether an input method is using the key. */
export function isForInputMethod(stroke: Stroke): boolean {
  return Boolean(stroke.isComposing) || stroke.keyCode === FOR_INPUT_METHOD;
}
