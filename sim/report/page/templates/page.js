"use strict";
// What the page knows, and its date, where it has one. Dispatches "frame" on the document whenever that changes.
const page = JSON.parse(document.getElementById("data").textContent);
page.frame = page.first ?? 0;
page.show = (frame) => {
  page.frame = Math.max(0, Math.min(page.dates.length - 1, Math.round(frame)));
  document.dispatchEvent(new CustomEvent("frame"));
};
page.months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
page.day = (iso) => `${Number(iso.slice(8))} ${page.months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
page.number = (value, decimals) =>
  value === null || value === undefined
    ? "–"
    : value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
