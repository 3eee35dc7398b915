/** For each skill: who waits for it, and how many more chats can be taken by those who have it. */
import { now, since } from "../../shared/clock";
import type { SkillNow } from "../../wire";

export function SkillsNow({ skills }: { skills: SkillNow[] }) {
  return (
    <section>
      <h2>Skills</h2>
      <div class="table-frame" tabIndex={0} role="region" aria-label="Skills">
        <table class="figures-table">
          <thead>
            <tr>
              <th scope="col">Skill</th>
              <th scope="col">Waiting</th>
              <th scope="col">The longest</th>
              <th scope="col">Reps here</th>
              <th scope="col">Free places</th>
            </tr>
          </thead>
          <tbody>
            {skills.map((skill) => (
              <tr key={skill.id} class={skill.waiting > 0 && skill.free === 0 ? "short-of" : undefined}>
                <th scope="row">{skill.title}</th>
                <td>{skill.waiting}</td>
                <td>{skill.longest_since ? since(skill.longest_since, now.value) : "–"}</td>
                <td>{skill.here}</td>
                <td>{skill.free}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
