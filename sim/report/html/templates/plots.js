"use strict";
// Draws the plots one after the other, and marks the map's date in each.
(() => {
  const DAY = 86400000;
  const start = Date.parse(page.start);
  // named one by one, as one of the others would send the plot away
  const buttons = ["toImage", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"];
  const config = { displaylogo: false, responsive: true, modeBarButtons: [buttons] };
  const drawn = [];

  const mark = ({ place, cursor }) => {
    const { margin, xaxis } = place.layout;
    const [first, last] = xaxis.range.map((day) => (typeof day === "number" ? day : Date.parse(`${day.replace(" ", "T").slice(0, 19)}${day.length > 10 ? "Z" : ""}`)));
    const at = start + ((page.edges[page.frame] + page.edges[page.frame + 1]) / 2) * DAY;
    const part = (at - first) / (last - first);
    cursor.hidden = part < 0 || part > 1;
    cursor.style.left = `${margin.l + part * (place.clientWidth - margin.l - margin.r)}px`;
    cursor.style.top = `${margin.t}px`;
    cursor.style.height = `${place.layout.height - margin.t - margin.b}px`;
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

  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const script = document.createElement("script");
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  };

  const drawAll = async () => {
    if (!page.plots.length) return;
    if (typeof DecompressionStream === "undefined") {
      document.getElementById("too-old").hidden = false;
      return;
    }
    await unpack(document.getElementById("plotly").textContent);
    for (const plot of page.plots) {
      await new Promise((done) => setTimeout(done));
      await draw(plot);
    }
  };
  page.drawn = drawAll();
})();
