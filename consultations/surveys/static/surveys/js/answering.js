// Small comforts of the answering pages; everything works without them.

for (const form of document.querySelectorAll("[data-survey-form]")) {
  // A second click while the page leaves sends nothing more.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });

  // "None of these" and the other answers untick each other.
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    for (const other of form.querySelectorAll(`[name="${CSS.escape(target.name)}"]:checked`)) {
      if (other === target) continue;
      if (target.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive")) other.checked = false;
    }
  });
}

// Coming back with the browser's button shows a page that can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-survey-form]")) delete form.dataset.sent;
});

document.getElementById("erreurs")?.focus();
