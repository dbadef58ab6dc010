/* Opens the list of places while one types. The form works without it: the server asks again instead.

   <territory-picker data-url="…" data-level="commune" data-choice="name of the field that gets level:code">
   around the text input; data-codes="alone" gives the code without its level. */

const PAUSE = 150;

class TerritoryPicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input:not([type=hidden], [type=radio])");
    if (!this.input || this.list) return;
    this.list = this.appendChild(Object.assign(document.createElement("ul"), { id: `${this.input.id}_list` }));
    this.list.className = "combobox-list";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.closest(".form-group")?.querySelector("label, legend")?.textContent.trim() ?? "");
    this.status = this.appendChild(document.createElement("p"));
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  typed() {
    this.forget();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(this.input.value.trim()), PAUSE);
  }

  async search(text) {
    if (text.length < 2) return this.close();
    this.request?.abort();
    this.request = new AbortController();
    const query = new URLSearchParams({ q: text, niveau: this.dataset.level });
    try {
      const answer = await fetch(`${this.dataset.url}?${query}`, {
        headers: { Accept: "application/json" },
        signal: this.request.signal,
      });
      if (answer.ok) this.show((await answer.json()).results.slice(0, 8));
    } catch {
      this.close(); // typed again, or no network: the form still asks the server
    }
  }

  show(results) {
    this.list.replaceChildren(...results.map((result, index) => this.option(result, index)));
    this.list.hidden = results.length === 0;
    this.input.setAttribute("aria-expanded", String(results.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = results.length ? `${results.length} · ${this.dataset.some}` : this.dataset.none;
  }

  option(result, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}_${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.value = this.dataset.codes === "alone" ? result.code : `${result.level}:${result.code}`;
    item.dataset.name = result.name;
    const details = [this.dataset.level ? "" : result.level_name, result.via, result.context].filter(Boolean);
    item.append(result.name, " ", Object.assign(document.createElement("small"), { textContent: details.join(" · ") }));
    return item;
  }

  pressed(event) {
    const options = [...this.list.children];
    const current = options.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") return this.close();
    if (this.list.hidden || !options.length) return;
    if (event.key === "ArrowDown") this.mark(options, (current + 1) % options.length);
    else if (event.key === "ArrowUp") this.mark(options, (current <= 0 ? options.length : current) - 1);
    else if (event.key === "Enter" && current >= 0) this.choose(options[current]);
    else return;
    event.preventDefault();
  }

  mark(options, index) {
    options.forEach((item, position) => item.setAttribute("aria-selected", String(position === index)));
    this.input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  choose(item) {
    if (!item) return;
    this.forget();
    this.input.value = item.dataset.name;
    const hidden = { type: "hidden", name: this.dataset.choice, value: item.dataset.value };
    this.append(Object.assign(document.createElement("input"), hidden));
    this.close();
  }

  forget() {
    this.querySelector(`input[type="hidden"][name="${this.dataset.choice}"]`)?.remove();
    this.querySelector(".territory-candidates")?.remove();
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("territory-picker", TerritoryPicker);
