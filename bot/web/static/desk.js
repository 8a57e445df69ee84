// The desk's conveniences. Every page works without: here are keys, drafts kept while typing,
// who else has a case open, and quoting without a round trip.

import { watchCase } from "./desk-case.js";

const help = document.getElementById("help");

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

const rows = [...document.querySelectorAll(".list tbody tr")];
let chosen = -1;

function choose(step) {
  if (!rows.length) return;
  const next = Math.max(0, Math.min(rows.length - 1, chosen + step));
  rows[chosen]?.classList.remove("chosen");
  chosen = next;
  rows[chosen].classList.add("chosen");
  const link = rows[chosen].querySelector("a");
  if (link) link.focus();
  rows[chosen].scrollIntoView({ block: "nearest" });
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) link.click();
}

function reply() {
  const body = document.getElementById("body");
  if (!body) return;
  body.scrollIntoView({ block: "center" });
  body.focus();
}

const keys = {
  j: () => choose(1),
  k: () => choose(-1),
  "/": () => document.getElementById("q")?.focus(),
  r: reply,
  n: () => follow('nav a[href$="/desk/new"]'),
  u: () => follow('a[rel="up"]'),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (help?.open) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The menu of the head line closes like a menu.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.me[open], details.views[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// Departments for what is being written down, when the writer pauses.
const intake = document.getElementById("intake");
if (intake) {
  const text = intake.elements.namedItem("text");
  text.addEventListener("change", async () => {
    if (!text.value.trim()) return;
    const body = new FormData();
    body.set("token", intake.elements.namedItem("token").value);
    body.set("text", text.value);
    const response = await fetch(intake.action.replace(/new$/, "suggest"), {
      method: "POST", body, headers: { Accept: "application/json" },
    });
    if (!response.ok) return;
    const { departments } = await response.json();
    if (!departments.length) return;
    document.getElementById("suggested").textContent = "建议：" + departments.join("、");
    const field = document.getElementById("department");
    if (!field.value) field.value = departments[0];
  });
}

if (document.body.dataset.number) watchCase(document.body.dataset);
