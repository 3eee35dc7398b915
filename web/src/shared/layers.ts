/** What lies above the page and is shut before anything else when Escape is pressed. */

/** Whether a dialog or a menu is open. */
export function layerIsOpen(): boolean {
  return document.querySelector("dialog[open]") !== null || menuIsOpen();
}

/** A browser that has never heard of popovers refuses the very question. */
function menuIsOpen(): boolean {
  try {
    return document.querySelector(":popover-open") !== null;
  } catch {
    return false;
  }
}
