/** A small bar for a share, with its interval where there is one. The words beside it say the same. */
const WIDTH = 100;

export function Bar({ share, low, high }: { share: number; low?: number; high?: number }) {
  return (
    <svg class="bar" viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width={WIDTH} height="12" />
      <rect class="bar-share" width={share * WIDTH} height="12" />
      {low !== undefined && high !== undefined && <rect class="bar-interval" x={low * WIDTH} y="5" width={Math.max(1, (high - low) * WIDTH)} height="2" />}
    </svg>
  );
}
