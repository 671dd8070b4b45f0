"use strict";
// Draws the plots one after the other, and marks the map's date in each.
(() => {
  const DAY = 86400000;
  const start = Date.parse(page.start);
  const config = { displaylogo: false, responsive: true, modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"] };
  const drawn = [];

  const mark = ({ place, cursor }) => {
    const { margin, xaxis } = place.layout;
    const [first, last] = xaxis.range.map((day) => (typeof day === "number" ? day : Date.parse(`${day.replace(" ", "T").slice(0, 19)}${day.length > 10 ? "Z" : ""}`)));
    const at = start + ((page.edges[page.frame] + page.edges[page.frame + 1]) / 2) * DAY;
    const part = (at - first) / (last - first);
    cursor.hidden = part < 0 || part > 1;
    cursor.style.left = `${margin.l + part * (place.clientWidth - margin.l - margin.r)}px`;
    cursor.style.height = `${place.layout.height - margin.b}px`;
  };

  const draw = async (plot) => {
    const place = document.getElementById(`plot-${plot.id}`);
    await Plotly.newPlot(place, plot.data, plot.layout, config);
    const cursor = document.createElement("div");
    cursor.className = "cursor";
    place.append(cursor);
    const one = { place, cursor };
    drawn.push(one);
    place.on("plotly_click", ({ points }) => {
      const day = (Date.parse(`${String(points[0].x).slice(0, 10)}T12:00Z`) - start) / DAY;
      page.show(page.edges.findLastIndex((edge) => edge <= day));
    });
    place.on("plotly_relayout", () => mark(one));
    place.on("plotly_afterplot", () => mark(one));
    mark(one);
  };

  document.addEventListener("frame", () => drawn.forEach(mark));
  page.drawn = page.plots.reduce(
    (before, plot) => before.then(() => new Promise((done) => setTimeout(done))).then(() => draw(plot)),
    Promise.resolve());
})();
