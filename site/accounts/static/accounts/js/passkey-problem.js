/* Says in the page why a passkey was not given; allauth's own scripts only write it in the console. */

class PasskeyProblem extends HTMLElement {
  connectedCallback() {
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      const known = event.detail.exception?.name === "InvalidStateError";
      this.say(known ? this.dataset.known : this.dataset.cancelled);
    });
  }

  say(words) {
    this.innerHTML = `<div class="callout error" role="alert" tabindex="-1">
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use></use></svg><div class="callout-body"><p></p></div></div>`;
    this.querySelector("use").setAttribute("href", this.dataset.icon);
    this.querySelector("p").textContent = words;
    this.firstElementChild.focus();
  }
}

customElements.define("passkey-problem", PasskeyProblem);
