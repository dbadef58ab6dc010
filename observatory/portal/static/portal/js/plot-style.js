// Colours come from the tokens of the page, whatever its scheme; a probe turns them into what Plotly reads.
export const config = {
  displayModeBar: false,
  responsive: true,
  showSendToCloud: false,
  plotlyServerURL: "",
  topojsonURL: "",
  scrollZoom: false,
};

export function tokens(element) {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const read = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    c1: read("--class-1"),
    c2: read("--class-2"),
    c3: read("--class-3"),
    c4: read("--class-4"),
    cs: read("--class-secret"),
    ca: read("--class-absent"),
    ink: read("--ink"),
    muted: read("--muted"),
    card: read("--card"),
    line: read("--line"),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return found;
}

export function hover(colours) {
  return {
    bgcolor: colours.card,
    bordercolor: colours.ink,
    font: { family: colours.font, size: 16, color: colours.ink },
  };
}

export function finish(plot) {
  // the drawing is one image for assistive technology: its inside is not read piece by piece
  plot.querySelector(".plot-container")?.setAttribute("aria-hidden", "true");
  return true;
}
