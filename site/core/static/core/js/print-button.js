/* A button that prints; drawn only where scripts run, since the browser's own menu prints everywhere. */

class PrintButton extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet small";
    button.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use></use></svg><span></span>';
    button.querySelector("use").setAttribute("href", this.dataset.icon);
    button.querySelector("span").textContent = this.dataset.label;
    button.addEventListener("click", () => print());
    this.append(button);
  }
}

customElements.define("print-button", PrintButton);
