"use strict";
// Tables that sort by a click on a heading, and lists that a box filters.
(() => {
  const value = (row, column) => {
    const cell = row.cells[column];
    if (cell.dataset.sort !== undefined) return cell.dataset.sort === "" ? "" : Number(cell.dataset.sort);
    const text = cell.firstChild ? cell.firstChild.textContent.trim() : "";
    const number = Number(text.replaceAll(",", "").replace("−", "-"));
    return text !== "" && !Number.isNaN(number) ? number : text.toLowerCase();
  };

  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === "number" ? -1 : 1;
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = heading.getAttribute("aria-sort") !== "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => [value(row, column), row]);
        const empty = ([key]) => key === "" || key === "–";
        rows.sort((a, b) => empty(a) - empty(b) || (up ? compare(a[0], b[0]) : compare(b[0], a[0])));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  for (const list of new Set([...document.querySelectorAll("[data-filter]")].map((control) => control.dataset.filter))) {
    const rows = [...document.getElementById(list).children];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const controls = [...document.querySelectorAll(`[data-filter="${list}"]`)];
    const count = document.querySelector(`[data-count="${list}"]`);
    const apply = () => {
      let matching = 0;
      rows.forEach((row, number) => {
        const keep = controls.every((control) => {
          if (control.type === "checkbox") return !control.checked || row.classList.contains(control.dataset.only);
          if (control.dataset.kind !== undefined) return control.value === "" || row.dataset.kind === control.value;
          return control.value.toLowerCase().split(/\s+/).every((word) => texts[number].includes(word));
        });
        row.hidden = !keep;
        matching += keep;
      });
      count.textContent = matching === rows.length ? `${rows.length} in all` : `${matching} of ${rows.length}`;
    };
    for (const control of controls) control.addEventListener("input", apply);
    apply();
  }
})();
