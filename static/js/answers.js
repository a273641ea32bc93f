// One's own answer to a question that is answered by choosing: it is personal, so it is fetched, and only when the
// question, its round, or whether it is open and face down has changed.

const SPREAD = 800; // milliseconds: a whole room fetches after the same press

export class Answers {
  constructor(place, state) {
    this.place = place;
    this.shown = this.keyOf(state);
    this.dress();
    place.addEventListener("htmx:sendError", () => this.unsent(true));
    place.addEventListener("htmx:responseError", ({ detail }) => { if (detail.xhr.status >= 500) this.unsent(true); });
    place.addEventListener("htmx:beforeRequest", () => this.unsent(false));
  }

  // Scripts that only some questions need.
  dress() {
    if (this.place.querySelector("[data-step]")) import("app/steppers");
    if (this.place.querySelector("textarea, [name=word]")) import("app/drafts");
  }

  keyOf(state) {
    return state?.answer ? [state.answer, state.round, state.open, state.hidden].join(" ") : "";
  }

  // A choice that somebody has made and not sent stays while the question is the same.
  follow(state) {
    const key = this.keyOf(state);
    if (key === this.shown) return;
    const isSame = key.split(" ")[0] === this.shown.split(" ")[0];
    this.shown = key;
    clearTimeout(this.soon);
    if (!isSame) this.place.replaceChildren();
    if (!key) {
      this.place.hidden = true;
      return;
    }
    this.soon = setTimeout(() => this.fetch(state.answer), Math.random() * SPREAD);
  }

  async fetch(address) {
    const view = document.getElementById("main").dataset.live;
    const answer = await fetch(`${address}?view=${view}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) {
      this.missing = address;
      return;
    }
    this.missing = null;
    this.place.innerHTML = await answer.text();
    this.place.hidden = false;
    window.htmx?.process(this.place);
    this.dress();
  }

  // Somebody may just have said one's own words back.
  heard(pieces) {
    const place = this.place.querySelector("[data-meant]");
    if (place && pieces.some(({ id }) => id.endsWith("-board"))) import("app/meant").then(({ ask }) => ask(place, SPREAD));
  }

  unsent(isUnsent) {
    const note = this.place.querySelector("[data-unsent]");
    if (note) note.hidden = !isUnsent;
    this.waits = isUnsent;
  }

  // The line is back: what could not be fetched or sent is tried once more.
  again() {
    if (this.missing) this.fetch(this.missing);
    else if (this.waits) this.place.querySelector("[data-answer]")?.requestSubmit();
  }
}
