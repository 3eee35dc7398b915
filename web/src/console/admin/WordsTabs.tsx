/** Skills and macros. */
import { useState } from "preact/hooks";
import type { AdminMacro, AdminSkill, Administration } from "../../wire";
import { oddBraces } from "../fields";
import type { Admin } from "./administration";
import { Check, Choice, EditDialog, TextArea, TextField } from "./EditDialog";
import { Insertable } from "./Insertable";
import { titleOf } from "./options";
import { Add, Change } from "./PlacesTabs";
import { Table } from "./Table";

interface TabProps {
  admin: Admin;
  all: Administration;
  isAdmin: boolean;
}

export function SkillsTab({ admin, all, isAdmin }: TabProps) {
  const [edited, setEdited] = useState<AdminSkill | "new" | null>(null);
  const able = (skill: AdminSkill) => all.reps.filter((rep) => !rep.disabled && rep.skills.some((each) => each.skill === skill.name)).length;
  return (
    <>
      {isAdmin && <Add words="Add a skill" onClick={() => setEdited("new")} />}
      <Table head={["Skill", "Name", "People", ""]} empty="There are no skills yet.">
        {all.skills.map((skill) => (
          <tr key={skill.name}>
            <th scope="row">
              <bdi>{skill.title}</bdi>
            </th>
            <td data-label="Name">{skill.name}</td>
            <td data-label="People">{able(skill)}</td>
            <td class="row-steps">{isAdmin && <Change name={skill.title} onClick={() => setEdited(skill)} />}</td>
          </tr>
        ))}
      </Table>
      {edited && <SkillDialog admin={admin} skill={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
    </>
  );
}

function SkillDialog({ admin, skill, onDone }: { admin: Admin; skill: AdminSkill | null; onDone: () => void }) {
  const save = (read: (name: string) => string) => {
    const title = read("title");
    const done = `The skill ${title} is saved.`;
    if (skill) return admin.save("PUT", `skills/${skill.name}`, { revision: skill.revision, title }, done);
    return admin.save("POST", "skills", { name: read("name"), title }, done);
  };
  return (
    <EditDialog title={skill ? `Change ${skill.title}` : "Add a skill"} save={save} onDone={onDone}>
      <TextField label="What it's called" name="title" value={skill?.title ?? ""} required maxLength={80} />
      {!skill && <TextField label="Name" name="name" value="" required pattern="[a-z][a-z0-9_]*" maxLength={40} hint="Small letters, as coins. A language is lang_es." />}
    </EditDialog>
  );
}

export function MacrosTab({ admin, all }: TabProps) {
  const [edited, setEdited] = useState<AdminMacro | "new" | null>(null);
  return (
    <>
      <Add words="Add a macro" onClick={() => setEdited("new")} />
      <Table head={["Macro", "Title", "Text", "Skill", ""]} empty="There are no macros yet.">
        {all.macros.map((macro) => (
          <tr key={macro.id}>
            <th scope="row">
              /{macro.name} {macro.retired && <span class="badge">Retired</span>}
            </th>
            <td data-label="Title">
              <bdi>{macro.title}</bdi>
            </td>
            <td data-label="Text" class="cut">
              <bdi>{macro.text}</bdi>
            </td>
            <td data-label="Skill">{macro.skill === null ? "Any" : titleOf(all.skills, macro.skill)}</td>
            <td class="row-steps">
              <Change name={macro.title} onClick={() => setEdited(macro)} />
            </td>
          </tr>
        ))}
      </Table>
      {edited && <MacroDialog admin={admin} all={all} macro={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
    </>
  );
}

interface MacroDialogProps {
  admin: Admin;
  all: Administration;
  macro: AdminMacro | null;
  onDone: () => void;
}

function MacroDialog({ admin, all, macro, onDone }: MacroDialogProps) {
  const save = (read: (name: string) => string) => {
    const words = { name: read("name"), title: read("title"), text: read("text") };
    const retired = read("retired") === "yes";
    const odd = retired ? undefined : oddBraces(words.text, all.macro_fields)[0];
    if (odd !== undefined) return Promise.resolve(`${odd} can't be filled in. Take it out, or put in one of the fields below the text.`);
    const body = { revision: macro?.revision ?? "", ...words, skill: read("skill") || null, retired };
    return admin.save(macro ? "PUT" : "POST", macro ? `macros/${macro.id}` : "macros", body, `The macro ${words.name} is saved.`);
  };
  const skills = [["", "Any"] as const, ...all.skills.map(({ name, title }) => [name, title] as const)];
  return (
    <EditDialog title={macro ? `Change /${macro.name}` : "Add a macro"} save={save} onDone={onDone}>
      <TextField label="Name" name="name" value={macro?.name ?? ""} required pattern="[a-z0-9][a-z0-9_\-]*" maxLength={40} hint="What reps type after the slash: small letters, digits, - and _." />
      <TextField label="Title" name="title" value={macro?.title ?? ""} required maxLength={80} />
      <Insertable fields={all.macro_fields}>
        <TextArea label="Text" name="text" value={macro?.text ?? ""} rows={6} hint="What stands in {braces} is filled in from the chat and its order. Put it in by its button:" />
      </Insertable>
      <Choice label="Skill" name="skill" value={macro?.skill ?? ""} options={skills} />
      {macro && <Check label="Retired: offered to nobody" name="retired" checked={macro.retired} />}
    </EditDialog>
  );
}
