// A paper card, or words said aloud, entered for someone.

import { h, icon } from "./drawing.js";
import { select } from "./pieces.js";
import { stagesOf, WRITING } from "./reading.js";
import { given, say } from "./words.js";

export function enter(screen, stage) {
  const open = (one) => WRITING.includes(one.kind) && one.state !== "to_come";
  const into = stage && open(stage) ? stage : stagesOf(screen.state).findLast(open);
  if (!into) return [];
  const field = (id, name, label, control) => h("div", { "data-key": name }, h("label", { for: id }, label), control);
  const colleges = screen.colleges.map(({ code, label }) => [code, label]);
  return [
    h("h2", { id: "saisir-titre" }, icon("square-pen"), say("enter_card")),
    h(
      "form.stack.tight",
      { id: "saisie", method: "post", "data-verb": "card.add_for" },
      h("input", { type: "hidden", name: "stage", value: into.id }),
      field("saisie-texte", "text", say("the_words"), h("textarea.field", { id: "saisie-texte", name: "text", rows: 2 })),
      field("saisie-mode", "mode", say("how_given"), select("saisie-mode", "mode", given("modes"), "", null)),
      field("saisie-college", "college", say("by_whom"), select("saisie-college", "college", colleges, "", null)),
      field("saisie-table", "table", say("table_label"), h("input.field.tiny", { id: "saisie-table", name: "table", maxlength: 10 })),
      h("p", {}, h("button.btn.small", {}, icon("plus"), say("add_card"))),
    ),
  ];
}
