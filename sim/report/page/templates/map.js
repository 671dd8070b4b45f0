"use strict";
// The map played back over time.
(() => {
  const section = document.getElementById("map");
  const find = (id) => document.getElementById(id);
  const slider = find("when"), play = find("play"), compare = find("compare");
  const choice = (name, otherwise) => section.querySelector(`input[name="${name}"]:checked`)?.value ?? otherwise;
  const within = (spans, frame) => (spans ?? []).some(([first, until]) => first <= frame && frame < until);
  const now = (list) => list.filter((item) => item.from <= page.frame && page.frame < item.until);
  const element = (name, text, kind) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (kind) node.className = kind;
    return node;
  };

  class View {
    constructor(data) {
      this.data = data;
      this.figure = find(`map-${data.id}`);
      this.ways = [...this.figure.querySelectorAll(".sheet .way")];
      this.discs = [...this.figure.querySelectorAll(".sheet .disc")];
      this.places = [...this.figure.querySelectorAll(".sheet .place")];
      this.tip = this.figure.querySelector(".tip");
      for (const way of this.ways) {
        const courses = [...way.querySelectorAll(".course")];
        for (const kind of ["edge", "case", "core", "shut-under", "shut-line", "refused-line", "hit"])
          for (const course of courses) {
            const line = course.cloneNode();
            line.setAttribute("class", kind === "core" ? `core ${course.dataset.mode}` : kind);
            way.append(line);
          }
      }
      const weight = (way) => {
        const both = this.flowsOf("run", Number(way.dataset.number));
        return Math.max(0, ...both.flatMap((directed) => directed.flow));
      };
      const widest = [...this.ways].sort((a, b) => weight(b) - weight(a));
      this.figure.querySelector(".ways").append(...widest);
      this.listen();
    }

    flowsOf(run, number) {
      return this.data.runs[run]?.flows[number] ?? [];
    }

    flow(run, number) {
      const values = this.flowsOf(run, number).map((directed) => directed.flow[page.frame]).filter((flow) => flow !== null);
      return values.length ? values.reduce((a, b) => a + b, 0) : null;
    }

    width(flow) {
      const scale = this.data.scale;
      return flow > 0 && this.data.largest > 0 ? Math.max(scale.min_width, (scale.max_width * flow) / this.data.largest) : 0;
    }

    // The normal flow of a way: that of the reference run on this date, else the mean before the first disruption.
    normal(number) {
      return this.data.runs.reference ? this.flow("reference", number) : this.data.normal[this.data.ways[number].id] ?? null;
    }

    differs(flow, normal) {
      const change = Math.abs(flow - normal), { min_change, min_visible } = this.data.scale;
      return change > min_change * Math.max(flow, normal) && change >= min_visible * this.data.largest;
    }

    dash(line, width) {
      const pattern = this.data.scale.dashes[line.dataset.mode];
      line.style.strokeDasharray = pattern ? pattern.map((part) => part * Math.max(width, this.data.scale.min_dashed)).join(" ") : "none";
    }

    draw(run, compared) {
      const state = this.data.runs[run];
      const shut = now(state.shut), refused = now(state.refused);
      for (const way of this.ways) {
        const number = Number(way.dataset.number), id = this.data.ways[number].id;
        const flow = this.flow(run, number) ?? 0;
        const normal = compared ? this.normal(number) : null;
        const change = normal === null || !this.differs(flow, normal) ? "" : flow < normal ? "less" : "more";
        const core = this.width(change === "more" ? normal : flow);
        const edge = change ? this.width(Math.max(flow, normal)) : 0;
        const set = (kind, width) => {
          for (const line of way.querySelectorAll(`.${kind}`)) {
            line.style.strokeWidth = width;
            line.style.visibility = width > 0 ? "visible" : "hidden";
          }
        };
        set("edge", edge ? edge + 1.8 : 0);
        set("case", change === "more" || !(core || edge) ? 0 : change ? edge : core + 1.4);
        set("core", core);
        for (const line of way.querySelectorAll(".core")) this.dash(line, core);
        way.classList.toggle("flowing", core > 0 || edge > 0);
        way.classList.toggle("less", change === "less");
        way.classList.toggle("more", change === "more");
        way.classList.toggle("shut", shut.some((closure) => closure.ways.includes(id)));
        way.classList.toggle("refused", refused.some((boycott) => boycott.ways.includes(id)));
        way.dataset.flow = flow;
      }
      for (const disc of this.discs) {
        const id = this.data.discs[Number(disc.dataset.number)].id;
        const fill = Math.min(100, state.fills[id]?.[page.frame] ?? 0);
        disc.querySelector(".held").setAttribute("r", (Number(disc.dataset.radius) * Math.sqrt(fill / 100)).toFixed(2));
        disc.classList.toggle("strained", within(state.strained[id], page.frame));
      }
      for (const place of this.places) {
        const id = this.data.places[Number(place.dataset.number)].id;
        place.classList.toggle("shut", shut.some((closure) => id in closure.places));
        const note = place.querySelector(".note");
        if (note) note.textContent = shut.map((closure) => closure.places[id]).find(Boolean) ?? "";
        place.classList.toggle("stormy", within(state.storms[id], page.frame));
      }
      this.run = run;
      this.key();
      if (this.pointed) this.describe();
    }

    // The legend's lines are as wide as those of the map are on the screen.
    key() {
      const across = this.figure.querySelector(".sheet > svg");
      const zoom = () => across.getBoundingClientRect().width / across.viewBox.baseVal.width || 1;
      for (const line of this.figure.querySelectorAll(".legend .core")) {
        line.style.strokeWidth = Number(line.dataset.width);
        this.dash(line, Number(line.dataset.width));
      }
      for (const line of this.figure.querySelectorAll("[data-flow-width]")) {
        const width = Number(line.dataset.flowWidth) * zoom(), svg = line.ownerSVGElement;
        line.style.strokeWidth = width;
        const high = Math.max(16, width + 2);
        svg.setAttribute("height", high);
        svg.setAttribute("viewBox", `-15 ${-high / 2} 30 ${high}`);
      }
    }

    listen() {
      const svg = this.figure.querySelector("svg");
      const point = (event) => {
        this.pointed = event.target.closest(".way, .disc, .place");
        this.tip.hidden = !this.pointed;
        if (!this.pointed) return;
        const box = this.figure.getBoundingClientRect();
        this.describe();
        const x = event.clientX - box.left, y = event.clientY - box.top;
        const left = x + 16 + this.tip.offsetWidth > box.width ? x - 12 - this.tip.offsetWidth : x + 16;
        this.tip.style.left = `${Math.max(0, left)}px`;
        this.tip.style.top = `${y + 14}px`;
      };
      svg.addEventListener("pointermove", point);
      svg.addEventListener("pointerdown", point);
      svg.addEventListener("pointerleave", (event) => {
        if (event.pointerType !== "mouse") return; // a finger leaves as soon as it is lifted
        this.pointed = null;
        this.tip.hidden = true;
      });
    }

    describe() {
      const number = Number(this.pointed.dataset.number);
      const kind = ["way", "disc", "place"].find((name) => this.pointed.classList.contains(name));
      this.tip.textContent = this[kind](number).filter(Boolean).join("\n");
    }

    way(number) {
      const way = this.data.ways[number], lines = [way.name];
      for (const run of Object.keys(this.data.runs)) {
        const texts = this.flowsOf(run, number).map(
          (directed) => `towards ${directed.towards}: ${page.number(directed.flow[page.frame], 1)} ${this.data.unit}`);
        if (texts.length) lines.push(...(run === this.run ? texts : texts.map((text) => `${page.names[run]}, ${text}`)));
      }
      const normal = this.data.runs.reference ? null : this.normal(number);
      return [...lines, normal === null ? "" : `normally ${page.number(normal, 1)} ${this.data.unit}`, way.note];
    }

    disc(number) {
      const disc = this.data.discs[number];
      const texts = Object.keys(this.data.runs).map(
        (run) => `${page.number(this.data.runs[run].fills[disc.id]?.[page.frame], 0)} % full`
          + (run === this.run ? "" : ` in ${page.names[run]}`));
      const strained = within(this.data.runs[this.run].strained[disc.id], page.frame);
      return [disc.name, ...texts, `capacity ${disc.capacity}`,
        strained && (this.data.id === "oil" ? "intake throttled" : "turns trains or ships away")];
    }

    place(number) {
      const place = this.data.places[number], state = this.data.runs[this.run];
      return [`${place.name} (${place.kind})`, ...now(state.shut).map((closure) => closure.places[place.id]),
        within(state.storms[place.id], page.frame) && "storm"];
    }
  }

  const views = Object.values(page.views).map((data) => new View(data));

  function readout(view, run) {
    const rows = page.readouts[view.data.id].map((figure) => {
      const row = element("tr");
      const heading = element("th", figure.name);
      heading.scope = "row";
      row.append(heading);
      for (const name of Object.keys(page.names))
        row.append(element("td", page.number(figure[name]?.[page.frame], figure.decimals), "n"));
      row.append(element("td", figure.unit));
      return row;
    });
    find("readout").tBodies[0].replaceChildren(...rows);
    const first = page.edges[page.frame], last = page.edges[page.frame + 1];
    const items = [];
    for (const mark of page.marks[run].filter((mark) => mark.about.includes(view.data.id))) {
      const step = mark.steps.findLast(([begin, end]) => begin < last && end > first);
      if (!step) continue;
      const item = element("li");
      item.append(element("strong", mark.label), ` ${step[2]} `, element("small", `(${mark.what})`));
      items.push(item);
    }
    const state = view.data.runs[run];
    for (const place of view.data.places)
      if (within(state.storms[place.id], page.frame)) items.push(element("li", `Storm at ${place.name}`));
    if (!items.length) items.push(element("li", "nothing"));
    find("standing").replaceChildren(...items);
    section.querySelector(".which").textContent = page.names.reference ? `in ${page.names[run]}` : "";
  }

  function strip() {
    const run = choice("run", "run"), about = choice("view", views[0].data.id);
    const days = page.edges.at(-1), rows = [];
    const bars = page.marks[run].filter((mark) => mark.about.includes(about)).flatMap((mark) => {
      const begin = Math.max(0, Math.min(...mark.steps.map(([first]) => first)));
      const end = Math.min(days, Math.max(...mark.steps.map(([, last]) => last)));
      let row = rows.findIndex((until) => until <= begin);
      if (row < 0) row = rows.length;
      if (row > 4) return [];
      rows[row] = end;
      const bar = element("span");
      bar.title = `${mark.label}: ${mark.what}`;
      bar.style.left = `${(100 * begin) / days}%`;
      bar.style.width = `${(100 * (end - begin)) / days}%`;
      bar.style.top = `${6 * row}px`;
      bar.style.background = { closure: page.colours.unplanned, boycott: page.colours.boycotted }[mark.kind] ?? page.colours.planned;
      return [bar];
    });
    find("marks").replaceChildren(...bars);
    find("marks").style.height = `${6 * rows.length}px`;
  }

  function draw() {
    const view = views.find((each) => each.data.id === choice("view", views[0].data.id)), run = choice("run", "run");
    const compared = compare.checked && run === "run" && (page.names.reference || Object.keys(view.data.normal).length > 0);
    for (const each of views) each.figure.hidden = each !== view;
    for (const key of section.querySelectorAll(".compared")) key.hidden = !compared;
    view.draw(run, compared);
    readout(view, run);
    const date = page.day(page.dates[page.frame]);
    slider.value = page.frame;
    slider.setAttribute("aria-valuetext", date);
    find("date").textContent = date;
    section.querySelector(".on").textContent = date;
  }

  let timer = null;
  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶ Play";
    play.setAttribute("aria-pressed", "false");
  }
  function start() {
    if (page.frame >= page.dates.length - 1) page.show(0);
    timer = setInterval(() => {
      page.show(page.frame + 1);
      if (page.frame >= page.dates.length - 1) stop();
    }, 1000 / Number(find("speed").value));
    play.textContent = "❚❚ Pause";
    play.setAttribute("aria-pressed", "true");
  }

  slider.max = page.dates.length - 1;
  slider.addEventListener("input", () => { stop(); page.show(Number(slider.value)); });
  play.addEventListener("click", () => (timer ? stop() : start()));
  find("speed").addEventListener("input", () => { if (timer) { clearInterval(timer); start(); } });
  for (const input of section.querySelectorAll(".controls input"))
    input.addEventListener("input", () => { strip(); draw(); });
  document.addEventListener("frame", draw);
  for (const button of document.querySelectorAll("button[data-frame]"))
    button.addEventListener("click", () => {
      stop();
      page.show(Number(button.dataset.frame));
      section.scrollIntoView();
    });
  strip();
  draw();
})();
