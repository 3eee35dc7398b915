/** Ids that the browser makes. */

/** A new `client_id`: 128 random bits as 32 hex digits; works on plain http too, where `randomUUID` doesn't. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
