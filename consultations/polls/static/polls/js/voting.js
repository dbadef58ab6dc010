// Small comforts of the voting page; everything works without them.

for (const form of document.querySelectorAll("[data-vote]")) {
  // A second click while the page leaves sends nothing more.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}

// How many points are left, said politely.
for (const group of document.querySelectorAll("[data-dots]")) {
  const left = group.querySelector("[data-dots-left]");
  const tell = () => {
    const given = [...group.querySelectorAll("select")].reduce((sum, select) => sum + Number(select.value), 0);
    const rest = Number(group.dataset.dots) - given;
    if (rest === 0) left.textContent = left.dataset.none;
    else if (rest === 1) left.textContent = left.dataset.one;
    else if (rest === -1) left.textContent = left.dataset.oneOver;
    else left.textContent = `${Math.abs(rest)} ${rest > 0 ? left.dataset.some : left.dataset.over}`;
  };
  group.addEventListener("change", tell);
  tell();
}

// Coming back with the browser's button shows a page that can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-vote]")) delete form.dataset.sent;
});

document.getElementById("erreurs")?.focus();
