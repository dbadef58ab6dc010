/* Reads a part of the page with a voice installed on the device; absent where there is none, nothing is sent out.

   <read-aloud for="id" data-label data-pause data-resume data-stop data-icons="sprite.svg">
   A pause ends the voice and keeps the place: on telephones the browser's own pause loses it. */

const language = document.documentElement.lang || "fr";
const SILENT = "script, style, [hidden], [aria-hidden=true], .visually-hidden, .no-speech, read-aloud, input, textarea, select";
const PICTOGRAMS = { idle: "volume-2", speaking: "pause", paused: "play" };

function localVoice() {
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

function spokenText(root) {
  const parts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.ELEMENT_NODE) return node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return node.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
  });
  let sentence = null;
  while (walker.nextNode()) {
    // Words set apart inside a sentence are read with it.
    const holder = walker.currentNode.parentElement.closest(":not(.together)");
    if (holder === sentence) parts.push(parts.pop() + walker.currentNode.data);
    else parts.push(walker.currentNode.data);
    sentence = holder;
  }
  return parts.map((part) => part.trim());
}

class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.show = () => this.draw();
    speechSynthesis.addEventListener("voiceschanged", this.show);
    addEventListener("pagehide", () => speechSynthesis.cancel());
    this.draw();
  }

  disconnectedCallback() {
    if (this.show) speechSynthesis.removeEventListener("voiceschanged", this.show);
  }

  draw() {
    if (this.main || !localVoice()) return;
    this.main = this.button(() => (this.state === "speaking" ? this.pause() : this.speak(this.place)));
    this.end = this.button(() => this.stop());
    this.end.querySelector("use").setAttribute("href", `${this.dataset.icons}#square`);
    this.end.querySelector("span").textContent = this.dataset.stop;
    this.mark("idle");
  }

  button(action) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet small" });
    button.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use></use></svg><span></span>';
    button.addEventListener("click", action);
    return this.appendChild(button);
  }

  mark(state) {
    const words = { idle: this.dataset.label, speaking: this.dataset.pause, paused: this.dataset.resume };
    this.state = state;
    this.main.querySelector("span").textContent = words[state];
    this.main.querySelector("use").setAttribute("href", `${this.dataset.icons}#${PICTOGRAMS[state]}`);
    if (state === "idle" && document.activeElement === this.end) this.main.focus();
    this.end.hidden = state === "idle";
    if (state === "idle") this.place = 0;
  }

  speak(from) {
    const target = document.getElementById(this.getAttribute("for"));
    const parts = target ? spokenText(target) : [];
    this.silence();
    const turn = (this.turn = {});
    parts.slice(from).forEach((part, index) => {
      const words = new SpeechSynthesisUtterance(part);
      words.voice = localVoice();
      words.lang = words.voice.lang;
      words.rate = 0.95;
      words.addEventListener("start", () => turn === this.turn && (this.place = from + index));
      if (from + index === parts.length - 1) words.addEventListener("end", () => turn === this.turn && this.mark("idle"));
      speechSynthesis.speak(words);
    });
    this.mark(parts.length > from ? "speaking" : "idle");
  }

  silence() {
    this.turn = null; // what a cancelled voice still announces is not listened to
    speechSynthesis.cancel();
  }

  pause() {
    this.silence();
    this.mark("paused");
  }

  stop() {
    this.silence();
    this.mark("idle");
  }
}

customElements.define("read-aloud", ReadAloud);
