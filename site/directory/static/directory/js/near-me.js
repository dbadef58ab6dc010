/* “Near me”: drawn only where the browser can say where it is, and only asked when the person presses the button.
   The point is sent by POST, turned into the name of a commune, and forgotten. */

class NearMe extends HTMLElement {
  connectedCallback() {
    if (!navigator.geolocation || !isSecureContext || this.firstElementChild) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "btn quiet";
    this.button.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use></use></svg><span></span>';
    this.button.querySelector("use").setAttribute("href", this.dataset.icon);
    this.button.querySelector("span").textContent = this.dataset.label;
    this.said = document.createElement("p");
    this.said.className = "muted small";
    this.said.id = "pres-de-moi-dit";
    this.said.setAttribute("role", "status");
    this.said.textContent = this.dataset.why;
    this.button.setAttribute("aria-describedby", this.said.id);
    this.button.addEventListener("click", () => this.ask());
    this.append(this.button, this.said);
  }

  ask() {
    this.said.textContent = this.dataset.busy;
    navigator.geolocation.getCurrentPosition(
      (position) => this.send(position.coords),
      () => {
        this.said.textContent = this.dataset.refused;
      },
      { maximumAge: 600000, timeout: 15000 },
    );
  }

  send(coords) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.dataset.url;
    form.hidden = true;
    const add = (name, value) => {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    };
    for (const [name, value] of new FormData(this.closest("form"))) {
      if (name !== "lieu" && name !== "lieu_choice") add(name, value);
    }
    if (this.dataset.to) add("vers", this.dataset.to);
    add("lat", coords.latitude.toFixed(4));
    add("lon", coords.longitude.toFixed(4));
    document.body.append(form);
    form.submit();
  }
}

customElements.define("near-me", NearMe);
