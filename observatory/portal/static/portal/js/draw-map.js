// A choropleth by classes: one trace for each class, so that secret and absent have their own look.
import { config, finish, hover, tokens } from "./plot-style.js";

const NARROW = 900;

export async function drawMap(library, plot, figure, size) {
  if (!figure.geometry) return false;
  const url = innerWidth < NARROW ? figure.geometry.light_url : figure.geometry.url;
  const answer = await fetch(url);
  if (!answer.ok) return false;
  const outlines = await answer.json();
  const colours = tokens(plot);
  plot.hidden = false;
  await library.react(plot, traces(figure, outlines, colours), layout(frame(figure, outlines), size), config);
  return finish(plot);
}

function traces(figure, outlines, colours) {
  const classes = [...new Set(figure.rows.map((row) => row.class))].sort();
  return classes.map((name) => {
    const rows = figure.rows.filter((row) => row.class === name);
    return {
      type: "choropleth",
      geojson: outlines,
      featureidkey: "properties.code",
      locationmode: "geojson-id",
      locations: rows.map((row) => row.code),
      z: rows.map(() => 1),
      text: rows.map((row) => `<b>${escape(row.name)}</b><br>${escape(row.text)}`),
      hovertemplate: "%{text}<extra></extra>",
      colorscale: [[0, colours[name]], [1, colours[name]]],
      showscale: false,
      marker: { line: { color: colours.card, width: 1.2 } },
      hoverlabel: hover(colours),
    };
  });
}

function* points(coordinates) {
  if (typeof coordinates[0] === "number") yield coordinates;
  else for (const part of coordinates) yield* points(part);
}

// the places shown, to the edge: Plotly's own framing leaves a wide margin
function frame(figure, outlines) {
  const shown = new Set(figure.rows.map((row) => row.code));
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const feature of outlines.features) {
    if (!shown.has(feature.properties.code)) continue;
    for (const [lon, lat] of points(feature.geometry.coordinates)) {
      box.west = Math.min(box.west, lon);
      box.east = Math.max(box.east, lon);
      box.south = Math.min(box.south, lat);
      box.north = Math.max(box.north, lat);
    }
  }
  return box;
}

function layout(box, size) {
  return {
    height: Math.max(size.height, 280),
    margin: { l: 2, r: 2, t: 2, b: 2 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    dragmode: false,
    transition: { duration: 0 },
    geo: {
      visible: false,
      fitbounds: false,
      bgcolor: "transparent",
      projection: { type: "mercator" },
      lonaxis: { range: [box.west, box.east] },
      lataxis: { range: [box.south, box.north] },
    },
  };
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
