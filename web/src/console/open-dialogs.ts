/** How many dialogs are open: what is outside of them can't be used meanwhile. */
import { signal } from "@preact/signals";

export const openDialogs = signal(0);
