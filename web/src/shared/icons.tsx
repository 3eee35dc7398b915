/** The few pictures, drawn as nodes; always beside words, so hidden from screen readers. */

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12z",
  down: "M12 5v14M6 13l6 6 6-6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  bot: "M12 3v3M6.5 6.5h11A2.5 2.5 0 0 1 20 9v7.5a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 16.5V9a2.5 2.5 0 0 1 2.5-2.5zM9 12v1.5M15 12v1.5",
  queue: "M5 7h14M5 12h14M5 17h8",
  parcel: "M4 8l8-4 8 4v8l-8 4-8-4V8zM4 8l8 4 8-4M12 12v8",
  back: "M15 5l-7 7 7 7",
  clip: "M19 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-8 8a1.5 1.5 0 0 1-2.1-2.1l7-7",
  paper: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  more: "M6.2 12a1.2 1.2 0 1 0-2.4 0 1.2 1.2 0 0 0 2.4 0zM13.2 12a1.2 1.2 0 1 0-2.4 0 1.2 1.2 0 0 0 2.4 0zM20.2 12a1.2 1.2 0 1 0-2.4 0 1.2 1.2 0 0 0 2.4 0z",
  panel: "M4 5h16v14H4zM14 5v14",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
