/** Whether the shop vouches for the customer. */
export function Proven({ verified }: { verified: boolean }) {
  return <span class={verified ? "badge badge-good" : "badge"}>{verified ? "Signed in" : "Not signed in"}</span>;
}
