// What only the pages of hosts carry: what they have folded away stays so, and a press can be undone for a moment.

const UNDO_LASTS = 10000;
const key = ({ dataset }) => `fold:${dataset.fold}`;

export function lead(announcer, board) {
  const place = document.getElementById("room-controls");
  if (!place) return; // a scribe at the console
  // The controls after one's own press carry the undo button; the same state from the line must not wipe it.
  board.isKnown = (region, { id, html }) => {
    const rev = region.querySelector("form[data-rev]")?.dataset.rev;
    return id === place.id && rev !== undefined && rev === board.element(html)?.dataset.rev;
  };
  place.addEventListener("click", (event) => {
    const part = event.target.closest("[data-fold] > summary")?.parentElement;
    if (!part) return;
    try {
      if (part.open) localStorage.setItem(key(part), "folded"); // the press is about to close it
      else localStorage.removeItem(key(part));
    } catch { /* a browser without storage forgets it with the page */ }
  });
  new MutationObserver(() => dress(place, announcer)).observe(place, { childList: true, subtree: true });
  dress(place, announcer);
}

// However often the buttons are drawn anew.
function dress(place, announcer) {
  for (const part of place.querySelectorAll("[data-fold][open]")) {
    try {
      if (localStorage.getItem(key(part))) part.open = false;
    } catch { /* as above */ }
  }
  const undo = place.querySelector("[data-undo]:not([data-runs])");
  if (!undo) return;
  undo.dataset.runs = "yes";
  if (undo.hasAttribute("data-undone")) announcer.say(undo.textContent.trim(), "undo");
  setTimeout(() => undo.remove(), UNDO_LASTS);
}
