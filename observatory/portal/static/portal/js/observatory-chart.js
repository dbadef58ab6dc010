// <observatory-chart kind="map|bars" data-url data-plotly>: draws an interactive figure over the one the server
// drew, when it comes into view. Asks our own server only; without it, the page lacks nothing.
import { drawBars } from "./draw-bars.js";
import { drawMap } from "./draw-map.js";

const drawings = { map: drawMap, bars: drawBars };
let plotly = null;

function loadPlotly(url) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return plotly;
}

class ObservatoryChart extends HTMLElement {
  connectedCallback() {
    this.watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.enhance();
    }, { rootMargin: "200px" });
    this.watcher.observe(this);
  }

  disconnectedCallback() {
    this.watcher?.disconnect();
    this.schemes?.removeEventListener("change", this.redraw);
    this.widths?.disconnect();
  }

  async enhance() {
    this.watcher.disconnect();
    try {
      const [library, answer] = await Promise.all([loadPlotly(this.dataset.plotly), fetch(this.dataset.url)]);
      if (!answer.ok) return;
      this.figure = await answer.json();
      this.library = library;
      await this.draw();
      this.schemes = matchMedia("(prefers-color-scheme: dark)");
      this.redraw = () => this.draw();
      this.schemes.addEventListener("change", this.redraw);
      this.widths = new ResizeObserver(() => this.follow());
      this.widths.observe(this);
    } catch {
      this.plot?.remove(); // what the server drew stays
    }
  }

  async draw() {
    const still = this.querySelector(":scope > :not(.plot)");
    this.plot ??= this.makePlot();
    const shown = await drawings[this.getAttribute("kind")](this.library, this.plot, this.figure, this.size(still));
    if (!shown) return;
    still.setAttribute("hidden", "");
    this.plot.hidden = false;
    this.dataset.drawn = "";
  }

  // a map keeps the proportions the server gave it; bars keep their height
  size(still) {
    if (!this.plot.hidden) return { height: Math.round(this.height ?? this.clientWidth * this.ratio) };
    const box = still.getBoundingClientRect();
    if (this.getAttribute("kind") === "map") this.ratio = box.height / box.width;
    else this.height = box.height;
    this.drawnWidth = this.clientWidth;
    return { height: Math.round(box.height) };
  }

  follow() {
    if (!this.ratio || this.plot.hidden || Math.abs(this.clientWidth - this.drawnWidth) < 8) return;
    this.drawnWidth = this.clientWidth;
    this.draw();
  }

  makePlot() {
    const plot = document.createElement("div");
    plot.className = "plot";
    plot.hidden = true;
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", this.figure.sentence || this.figure.title);
    this.append(plot);
    return plot;
  }
}

customElements.define("observatory-chart", ObservatoryChart);
