// Places as horizontal bars, the highest first; secret ones are named without a bar, absent ones are in the table.
import { config, finish, hover, tokens } from "./plot-style.js";

const ROW_HEIGHT = 44;

export async function drawBars(library, plot, figure) {
  const colours = tokens(plot);
  const shown = figure.rows.filter((row) => row.class !== "ca");
  const rows = shown.sort((one, other) => (one.value ?? -Infinity) - (other.value ?? -Infinity));
  const trace = {
    type: "bar",
    orientation: "h",
    y: rows.map((row) => row.name),
    x: rows.map((row) => row.value ?? 0),
    text: rows.map((row) => row.text),
    textposition: "outside",
    cliponaxis: false,
    hovertemplate: "%{y} : %{text}<extra></extra>",
    hoverlabel: hover(colours),
    marker: { color: rows.map((row) => colours[row.class]) },
  };
  plot.hidden = false;
  await library.react(plot, [trace], layout(rows, colours), config);
  return finish(plot);
}

function layout(rows, colours) {
  return {
    height: rows.length * ROW_HEIGHT + 40,
    margin: { l: 8, r: 96, t: 8, b: 24 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    dragmode: false,
    bargap: 0.35,
    font: { family: colours.font, size: 16, color: colours.ink },
    xaxis: { visible: false, fixedrange: true },
    yaxis: { automargin: true, fixedrange: true, ticks: "" },
  };
}
