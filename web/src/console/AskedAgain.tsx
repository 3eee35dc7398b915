/** Under the box: what the rep is about to ask for and has already. It never keeps a reply from being sent. */
import { askedAgain, factWords } from "./asked-again";
import { useParts } from "./context";

export function AskedAgain({ id, text }: { id: string; text: string }) {
  const known = useParts().desk.chats.value.get(id)?.view.value?.brief.known ?? [];
  const again = askedAgain(text, known);
  return (
    <div role="status" class="asked-again">
      {again.map((fact) => (
        <p key={`${fact.what} ${fact.value}`}>
          <bdi>{factWords(fact)}</bdi>
        </p>
      ))}
    </div>
  );
}
