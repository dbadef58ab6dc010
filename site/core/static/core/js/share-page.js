/* Two buttons where scripts run: the device's own ways to send a page, and a copy of its address. The links beside them
   (e-mail, text message, the address itself) need no script. */

class SharePage extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const said = document.createElement("p");
    said.className = "muted small";
    said.setAttribute("role", "status");
    const address = { title: this.dataset.title, url: this.dataset.url };
    if (navigator.share) this.button("share-2", this.dataset.send, () => navigator.share(address).catch(() => {}));
    if (navigator.clipboard) {
      this.button("copy", this.dataset.copy, async () => {
        await navigator.clipboard.writeText(address.url);
        said.textContent = this.dataset.copied;
      });
    }
    this.append(said);
  }

  button(icon, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet small";
    button.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use></use></svg><span></span>';
    button.querySelector("use").setAttribute("href", `${this.dataset.icons}#${icon}`);
    button.querySelector("span").textContent = label;
    button.addEventListener("click", act);
    this.append(button);
  }
}

customElements.define("share-page", SharePage);
