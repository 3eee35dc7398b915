/** "?": all keys, out of the table that the handlers ask. */
import { Dialog } from "./Dialog";
import { keymap, type Place } from "./keymap";

const PLACES: Record<Place, string> = {
  anywhere: "Anywhere",
  lists: "In the lists and the conversation",
  box: "While you write",
  menu: "When choices are shown",
  closing: "While you close a chat",
};

export function Sheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog labelledBy="sheet-title" className="sheet" onClose={onClose}>
      <h2 id="sheet-title">All keys</h2>
      {(Object.keys(PLACES) as Place[]).map((place) => (
        <section key={place} aria-labelledby={`sheet-${place}`}>
          <h3 id={`sheet-${place}`}>{PLACES[place]}</h3>
          <dl>
            {keymap
              .filter((row) => row.place === place)
              .map((row) => (
                <div key={row.act}>
                  <dt>{row.shown.map((keys, index) => [index > 0 && " or ", <Together key={index} keys={keys} />])}</dt>
                  <dd>{row.says}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <div class="dialog-steps">
        <button type="button" class="button" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}

function Together({ keys }: { keys: readonly string[] }) {
  return <>{keys.map((key, index) => [index > 0 && "+", <kbd key={key}>{key}</kbd>])}</>;
}
