"use strict";
// Draws the plots one after the other, and marks the map's date in each that has dates.
(() => {
  const DAY = 86400000, PHONE = 600;
  const start = page.edges && Date.parse(page.start);
  // named one by one, as one of the others would send the plot away
  const buttons = ["toImage", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"];
  const config = { displaylogo: false, responsive: true, modeBarButtons: [buttons] };
  const drawn = [];
  const time = (day) => (typeof day === "number" ? day : Date.parse(`${day.replace(" ", "T").slice(0, 19)}${day.length > 10 ? "Z" : ""}`));

  const mark = ({ place, cursor }) => {
    if (!cursor) return;
    const { margin, xaxis } = place.layout;
    cursor.hidden = xaxis.type !== "date";
    if (cursor.hidden) return;
    const [first, last] = xaxis.range.map(time);
    const at = start + ((page.edges[page.frame] + page.edges[page.frame + 1]) / 2) * DAY;
    const part = (at - first) / (last - first);
    cursor.hidden = part < 0 || part > 1;
    cursor.style.left = `${margin.l + part * (place.clientWidth - margin.l - margin.r)}px`;
    cursor.style.top = `${margin.t}px`;
    cursor.style.height = `${place.layout.height - margin.t - margin.b}px`;
  };

  const isNarrow = (place) => place.clientWidth < PHONE;

  const show = async (drawing) => {
    const { data, layout, phone, title, caption } = drawing.plot.choices[drawing.number];
    drawing.narrow = isNarrow(drawing.place);
    const chosen = structuredClone(drawing.narrow ? phone : layout);  // plotly writes into what it is given
    drawing.place.style.height = `${chosen.height}px`;
    drawing.place.setAttribute("aria-label", `${title}: ${caption}`);
    const words = drawing.place.closest("figure").querySelector("figcaption");
    words.querySelector("h3").textContent = title;
    words.querySelector("p").textContent = caption;
    await Plotly.react(drawing.place, structuredClone(data), chosen, { ...config, displayModeBar: drawing.narrow ? false : "hover" });
    if (drawing.cursor) drawing.place.append(drawing.cursor);
    mark(drawing);
  };

  const draw = async (plot) => {
    const drawing = { plot, number: 0, place: document.getElementById(`plot-${plot.id}`), cursor: null };
    if (page.edges) {
      drawing.cursor = document.createElement("div");
      drawing.cursor.className = "cursor";
    }
    await show(drawing);
    drawn.push(drawing);
    if (page.edges)
      drawing.place.on("plotly_click", ({ points }) => {
        if (drawing.place.layout.xaxis.type !== "date") return;
        const day = (Date.parse(`${String(points[0].x).slice(0, 10)}T12:00Z`) - start) / DAY;
        page.show(page.edges.findLastIndex((edge) => edge <= day));
      });
    drawing.place.on("plotly_relayout", () => mark(drawing));
    drawing.place.on("plotly_afterplot", () => mark(drawing));
    const choice = document.querySelector(`select[data-plot="${plot.id}"]`);
    choice?.addEventListener("input", () => {
      drawing.number = Number(choice.value);
      show(drawing);
    });
  };

  document.addEventListener("frame", () => drawn.forEach(mark));
  addEventListener("resize", () => drawn.filter((drawing) => drawing.narrow !== isNarrow(drawing.place)).forEach(show));

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
