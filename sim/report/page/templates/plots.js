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

  const show = async (one) => {
    const { data, layout, phone, title, caption } = one.plot.choices[one.number];
    one.narrow = isNarrow(one.place);
    const chosen = structuredClone(one.narrow ? phone : layout);  // plotly writes into what it is given
    one.place.style.height = `${chosen.height}px`;
    one.place.setAttribute("aria-label", `${title}: ${caption}`);
    const words = one.place.closest("figure").querySelector("figcaption");
    words.querySelector("h3").textContent = title;
    words.querySelector("p").textContent = caption;
    await Plotly.react(one.place, structuredClone(data), chosen, { ...config, displayModeBar: one.narrow ? false : "hover" });
    if (one.cursor) one.place.append(one.cursor);
    mark(one);
  };

  const draw = async (plot) => {
    const one = { plot, number: 0, place: document.getElementById(`plot-${plot.id}`), cursor: null };
    if (page.edges) {
      one.cursor = document.createElement("div");
      one.cursor.className = "cursor";
    }
    await show(one);
    drawn.push(one);
    if (page.edges)
      one.place.on("plotly_click", ({ points }) => {
        if (one.place.layout.xaxis.type !== "date") return;
        const day = (Date.parse(`${String(points[0].x).slice(0, 10)}T12:00Z`) - start) / DAY;
        page.show(page.edges.findLastIndex((edge) => edge <= day));
      });
    one.place.on("plotly_relayout", () => mark(one));
    one.place.on("plotly_afterplot", () => mark(one));
    const choice = document.querySelector(`select[data-plot="${plot.id}"]`);
    choice?.addEventListener("input", () => {
      one.number = Number(choice.value);
      show(one);
    });
  };

  document.addEventListener("frame", () => drawn.forEach(mark));
  addEventListener("resize", () => drawn.filter((one) => one.narrow !== isNarrow(one.place)).forEach(show));

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
