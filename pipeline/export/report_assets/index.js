"use strict";

// The places of a claim's cells in the data files.
const ID = 0, DOC = 1, TEXT = 2, SOURCE = 3, ATTRIBUTION = 4, CERTAINTY = 5, POLARITY = 6,
  CURRENCY = 7, AMOUNT = 8, DATE = 9, ENTITIES = 10, FLAGS = 11, DECISION = 12, STATE = 13;
const PAGE = 100; // claims shown at a time
const SUGGESTIONS = 500; // names offered for a filter

/** The data files, which come after this script, fill this. */
const report = {
  documents: [],
  claims: [],
  add(rows) { for (const row of rows) this.claims.push(row); },
};

const by = (id) => document.getElementById(id);
let found = [];
let shown = 0;

/** An element with text; text is never read as HTML. */
function make(tag, words, name) {
  const node = document.createElement(tag);
  if (words) node.textContent = words;
  if (name) node.className = name;
  return node;
}

function card(claim) {
  const [docId, title, published] = report.documents[claim[DOC]];
  const item = make("li");
  const link = make("a", claim[TEXT], "words");
  link.href = `articles/${encodeURIComponent(docId)}.html#${encodeURIComponent(claim[ID])}`;
  link.dir = "auto";
  item.append(link);
  const facts = make("p", "", "facts");
  const add = (words, name) => { if (words) facts.append(make("span", words, name)); };
  add(claim[SOURCE], "source");
  add(claim[CERTAINTY], "certainty");
  if (claim[POLARITY] === "negated") add("negated", "negated");
  add(claim[DATE], "date");
  add(claim[AMOUNT], "money");
  add(claim[FLAGS], "flags");
  add(claim[DECISION], "decision");
  if (claim[STATE] === "changed") add("to look at again", "flags");
  item.append(facts);
  item.append(make("p", [title, published].filter(Boolean).join(", "), "where"));
  return item;
}

function more() {
  const part = document.createDocumentFragment();
  for (const claim of found.slice(shown, shown + PAGE)) part.append(card(claim));
  by("list").append(part);
  shown = Math.min(found.length, shown + PAGE);
  by("more").hidden = shown === found.length;
}

const fold = (words) => (words || "").toLocaleLowerCase();

/** The claims that pass all filters. */
function search() {
  const words = fold(by("search").value).trim().split(/\s+/).filter(Boolean);
  const source = fold(by("source").value).trim();
  const entity = fold(by("entity").value).trim();
  const article = fold(by("article").value).trim();
  const [currency, certainty, attribution, decision] =
    ["currency", "certainty", "attribution", "decision"].map((id) => by(id).value);
  const articles = article &&
    new Set(report.documents.map((row, n) => fold(row[1]).includes(article) ? n : -1));
  found = report.claims.filter((claim) => {
    if (currency && claim[CURRENCY] !== currency) return false;
    if (certainty && claim[CERTAINTY] !== certainty) return false;
    if (attribution && claim[ATTRIBUTION] !== attribution) return false;
    if (decision === "-" ? claim[DECISION] : decision === "?" ? claim[STATE] !== "changed" :
      decision && claim[DECISION] !== decision) return false;
    if (articles && !articles.has(claim[DOC])) return false;
    if (source && !fold(claim[SOURCE]).includes(source)) return false;
    if (entity && !fold(claim[ENTITIES]).includes(entity)) return false;
    if (!words.length) return true;
    const text = fold(claim[TEXT]) + " " + claim[ID] + " " + fold(claim[SOURCE]);
    return words.every((word) => text.includes(word));
  });
  by("list").replaceChildren();
  shown = 0;
  more();
  by("status").textContent =
    `${found.length.toLocaleString()} of ${report.claims.length.toLocaleString()} claims in ` +
    `${report.documents.length.toLocaleString()} articles`;
}

/** The commonest values of a cell, the most frequent first. */
function values(cell, split) {
  const counts = new Map();
  for (const claim of report.claims) {
    if (!claim[cell]) continue;
    for (const value of split ? claim[cell].split("; ") : [claim[cell]]) {
      counts.set(value, (counts.get(value) || 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, SUGGESTIONS).map((pair) => pair[0]);
}

function offer(id, names) {
  for (const name of names) {
    const option = make("option", by(id).tagName === "SELECT" ? name : "");
    option.value = name;
    by(id).append(option);
  }
}

/** A claim id in the address is searched for: index.html#c_… leads to its claim. */
function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id.startsWith("c_")) return;
  by("search").value = id;
  search();
}

let waiting = 0;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
}

addEventListener("DOMContentLoaded", () => { // after the data files
  offer("sources", values(SOURCE));
  offer("entities", values(ENTITIES, true));
  offer("currency", values(CURRENCY).sort());
  offer("certainty", values(CERTAINTY).sort());
  offer("decision", values(DECISION).sort());
  offer("attribution", values(ATTRIBUTION).sort());
  by("filters").addEventListener("input", soon);
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  by("filters").addEventListener("reset", () => setTimeout(search));
  by("more").addEventListener("click", more);
  addEventListener("hashchange", follow);
  search();
  follow();
});
