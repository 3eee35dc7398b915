/** A rep's picture, or the first letter of their name. */

export function Face({ name, picture }: { name: string; picture: string | null }) {
  if (picture) return <img class="face" src={`/api/pictures/${picture}`} alt={`Picture of ${name}`} width={96} height={96} />;
  return (
    <span class="face face-letter" aria-label={`No picture of ${name}`} role="img">
      {Array.from(name)[0]?.toUpperCase()}
    </span>
  );
}
