/** The moments at which a page may have missed something: focus, return from the back-forward cache, network back. */

/** Call `then` at each such moment; returns how to stop. */
export function onWake(then: () => void): () => void {
  const ifVisible = () => (document.visibilityState === "visible" ? then() : undefined);
  window.addEventListener("focus", then);
  window.addEventListener("online", then);
  window.addEventListener("pageshow", then);
  document.addEventListener("visibilitychange", ifVisible);
  return () => {
    window.removeEventListener("focus", then);
    window.removeEventListener("online", then);
    window.removeEventListener("pageshow", then);
    document.removeEventListener("visibilitychange", ifVisible);
  };
}
