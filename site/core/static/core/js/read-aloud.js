/* Reads a part of the page with a voice installed on the device; absent where there is none, nothing is sent out. */

const language = document.documentElement.lang || "fr";

function localVoice() {
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

function spokenText(root) {
  const silent = "script, style, [hidden], [aria-hidden=true], .visually-hidden, .no-speech, read-aloud, input, textarea, select";
  const parts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.ELEMENT_NODE) return node.matches(silent) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
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
    if (this.button || !localVoice()) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "btn quiet small";
    this.button.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use></use></svg><span></span>';
    this.button.querySelector("use").setAttribute("href", this.dataset.icon);
    this.button.addEventListener("click", () => this.toggle());
    this.append(this.button);
    this.mark(false);
  }

  mark(isSpeaking) {
    this.isSpeaking = isSpeaking;
    this.button.setAttribute("aria-pressed", String(isSpeaking));
    this.button.querySelector("span").textContent = isSpeaking ? this.dataset.stop : this.dataset.label;
  }

  toggle() {
    speechSynthesis.cancel();
    if (this.isSpeaking) return this.mark(false);
    const target = document.getElementById(this.getAttribute("for"));
    const parts = target ? spokenText(target) : [];
    parts.forEach((part, index) => {
      const words = new SpeechSynthesisUtterance(part);
      words.voice = localVoice();
      words.lang = words.voice.lang;
      words.rate = 0.95;
      if (index === parts.length - 1) words.addEventListener("end", () => this.mark(false));
      speechSynthesis.speak(words);
    });
    this.mark(parts.length > 0);
  }
}

customElements.define("read-aloud", ReadAloud);
