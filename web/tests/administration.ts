/** What the page for leads and admins is told: two reps, a team, a site, two skills. */
import type { Administration, AdminRep } from "../src/wire";

export const ruth: AdminRep = {
  id: "r-ruth",
  name: "ruth",
  display_name: "Ruth",
  role: "rep",
  email: null,
  team_id: null,
  site_id: null,
  capacity: 3,
  skills: [{ skill: "coins", level: 1 }],
  hours: [],
  days: [],
  disabled: false,
  second_factor: false,
  revision: "one",
};

export function administration(): Administration {
  return {
    reps: [ruth, { ...ruth, id: "r-sam", name: "sam", display_name: "Sam" }],
    teams: [{ id: "t1", name: "Nights", mode: "push", revision: "t" }],
    sites: [{ id: "s1", name: "Leeds", time_zone: "Europe/London", hours: [{ weekday: 0, opens: 540, closes: 750 }], holidays: [], disabled: false, revision: "s" }],
    skills: [
      { name: "coins", title: "Coins", revision: "c" },
      { name: "lang_es", title: "Spanish", revision: "e" },
    ],
    macros: [],
    macro_fields: ["customer_name", "first_name", "order"],
    invitations: [],
    settings: [{ name: "write_to_absent", title: "Write to who left", value: false, revision: "p" }],
    mail: true,
    mail_in_trouble: [],
  };
}
