// Dragging a card into a group, for those who like it: the tools of the card do the same.

export function makeDraggable(root, move) {
  let held = null;
  root.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-card]")?.dataset.card ?? null;
    event.dataTransfer?.setData("text/plain", held ?? "");
  });
  root.addEventListener("dragover", (event) => {
    const column = held && event.target.closest("[data-group]");
    if (!column) return;
    event.preventDefault();
    mark(column);
  });
  root.addEventListener("drop", (event) => {
    const column = held && event.target.closest("[data-group]");
    if (!column) return;
    event.preventDefault();
    move(held, column.dataset.group || null);
  });
  root.addEventListener("dragend", () => {
    held = null;
    mark(null);
  });

  function mark(column) {
    for (const marked of root.querySelectorAll("[data-over]")) if (marked !== column) delete marked.dataset.over;
    if (column) column.dataset.over = "";
  }
}
