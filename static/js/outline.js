// Sorting cards under headings: loaded only where that is done. The form opens inside the card; when it has been sent the
// card lies elsewhere, the focus is on it, and one hears where it lies now.

let moved = null;

export function sort(announcer) {
  if (document.body.dataset.sorts) return;
  document.body.dataset.sorts = "yes";
  document.body.addEventListener("htmx:beforeRequest", ({ target }) => {
    if (target.matches("form.move")) moved = target.dataset.card;
  });
  document.body.addEventListener("htmx:afterSwap", ({ target }) => {
    const form = target.querySelector?.(":scope > form.move");
    if (form) form.querySelector("[autofocus]")?.focus();
    else if (moved && target.matches(".outline")) tell(target, announcer);
    moved = null;
  });
  document.body.addEventListener("click", (event) => {
    if (event.target.closest("form.move [data-leave]")) leave(event);
  });
  document.body.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("form.move")) leave(event);
  });
}

function tell(outline, announcer) {
  const card = document.getElementById(moved);
  if (!card) return;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
  const list = card.parentElement;
  const heading = list.closest("section")?.querySelector("h2")?.textContent ?? "";
  const [n, total] = [[...list.children].indexOf(card) + 1, list.children.length];
  announcer.say(outline.dataset.moved.replace("{heading}", heading).replace("{n}", n).replace("{total}", total), "moved");
}

function leave(event) {
  event.preventDefault();
  const place = event.target.closest(".say__move");
  place.replaceChildren();
  place.closest(".say").querySelector(`[hx-target="#${place.id}"]`)?.focus();
}
