/** Choosing one topic, or all. */
import { topicChoices } from "../topics";

export function TopicChoice({ chosen, choose }: { chosen: string; choose: (topic: string) => void }) {
  return (
    <label>
      <span>Topic</span>
      <select class="field" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">Any</option>
        {topicChoices.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
        <option value="none">No topic</option>
      </select>
    </label>
  );
}
