"use strict";

/** Everything of the article that belongs to the claim. */
function parts(id) {
  return document.querySelectorAll(`[data-c~="${CSS.escape(id)}"]`);
}

/** Marks the claim that the address names, in the text and in the list. */
function follow() {
  document.querySelectorAll(".current").forEach((node) => node.classList.remove("current"));
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id.startsWith("c_")) return;
  const found = parts(id);
  found.forEach((node) => node.classList.add("current"));
  const card = document.getElementById("card-" + id);
  if (card) {
    card.classList.add("current");
    const list = card.parentElement;
    list.scrollTop = card.offsetTop - list.offsetTop;
  }
  if (found.length) found[0].scrollIntoView({ block: "center" });
}

/** Shows or hides one kind of mark. */
function toggle(box) {
  document.body.classList.toggle("hide-" + box.dataset.show, !box.checked);
}

document.querySelectorAll("[data-show]").forEach((box) => {
  box.addEventListener("change", () => toggle(box));
  toggle(box);
});
document.querySelector("article").addEventListener("click", (event) => {
  const node = event.target.closest("[data-c]");
  if (node) location.hash = node.dataset.c.split(" ").pop(); // the innermost begins last
});
addEventListener("hashchange", follow);
follow();
