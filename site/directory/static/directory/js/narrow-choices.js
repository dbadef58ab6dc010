/* Narrows a long list of boxes by words; what is ticked stays in view. Without it, families open by hand. */

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(list) {
  const tool = list.querySelector("[data-narrow-tool]");
  const words = list.querySelector("[data-narrow-words]");
  const said = list.querySelector("[data-narrow-said]");
  const groups = [...list.querySelectorAll("[data-narrow-group]")];
  const opened = new Map(groups.map((group) => [group, group.open]));

  function show() {
    const asked = folded(words.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const group of groups) {
      let inside = 0;
      for (const choice of group.querySelectorAll("[data-narrow-choice]")) {
        const fits = asked.every((word) => choice.dataset.narrowChoice.includes(word));
        found += fits ? 1 : 0;
        choice.hidden = !fits && !choice.querySelector("input").checked;
        inside += choice.hidden ? 0 : 1;
      }
      group.hidden = inside === 0;
      group.open = asked.length ? inside > 0 : opened.get(group);
    }
    if (!asked.length) said.textContent = "";
    else if (found === 0) said.textContent = said.dataset.none;
    else said.textContent = found === 1 ? said.dataset.one : said.dataset.many.replace("{count}", found);
  }

  words.addEventListener("input", show);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Escape" && words.value) {
      words.value = "";
      show();
    }
  });
  tool.hidden = false;
}

document.querySelectorAll("[data-narrow]").forEach(narrow);
