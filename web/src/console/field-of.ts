/** What a form's field holds, trimmed; empty if there is no such field. */
export function fieldOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}
