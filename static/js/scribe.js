// The scribe's page: what waits to be read aloud and typed comes over the line; too many lines are told of before they
// are sent, so that they stay in the field.

import { Live } from "app/live";

const main = document.getElementById("main");
const form = document.getElementById("scribe-form");
const field = document.getElementById("lines");
const live = new Live(main);

live.addEventListener("line", ({ detail: isOn }) => { main.dataset.connected = isOn ? "yes" : "no"; });
live.addEventListener("news", ({ detail: pieces }) => {
  for (const piece of pieces) if (piece.id.startsWith("hall-")) put(piece);
});
form.addEventListener("submit", (event) => {
  const lines = field.value.split("\n").filter((line) => line.trim()).length;
  if (lines <= Number(main.dataset.most)) return;
  event.preventDefault();
  const told = document.createElement("p");
  told.className = "error";
  told.setAttribute("role", "alert");
  told.textContent = main.dataset.tooMany;
  document.getElementById("lines-error").replaceChildren(told);
  field.setAttribute("aria-invalid", "true");
  field.focus();
});

function put(piece) {
  const place = document.getElementById(piece.id);
  if (!place) return;
  const hadFocus = place.contains(document.activeElement);
  place.innerHTML = piece.html;
  window.htmx?.process(place);
  if (hadFocus) (place.querySelector("button") ?? place).focus({ preventScroll: true });
}
