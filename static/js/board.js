// The board: puts drawn pieces where they belong, in the one order, without moving what somebody reads.

const NOBODYS = "00000000-0000-0000-0000-000000000000"; // stands in the page's pattern of the buttons

// Draws PLACE anew with DRAW, or something else NOW. Who had the focus in it keeps it on the same thing, else on the
// place itself; and who is just moving a card keeps the form.
export function redraw(place, draw, now = place) {
  const same = focusedIn(place);
  const open = place.querySelector("form.move");
  draw();
  if (open && !open.isConnected) document.getElementById(open.parentElement.id)?.replaceChildren(open);
  if (same) focusAgain(now, same);
}

export function focusedIn(place) {
  const at = document.activeElement;
  if (!at || !place.contains(at)) return null;
  const quoted = (text) => `"${CSS.escape(text)}"`;
  if (at.id) return `#${CSS.escape(at.id)}`;
  if (at.hasAttribute("href")) return `[href=${quoted(at.getAttribute("href"))}]`;
  return `[name=${quoted(at.name ?? "")}][value=${quoted(at.value ?? "")}]`;
}

export function focusAgain(place, same) {
  if (!place.contains(document.activeElement)) (place.querySelector(same) ?? place).focus({ preventScroll: true });
}

export class Board {
  constructor(main, words, announcer) {
    this.main = main;
    this.words = words;
    this.announcer = announcer;
    this.mine = new Set([...main.querySelectorAll(".say--mine")].map((item) => item.id));
    this.waiting = new Map();
    this.held = false;
    main.addEventListener("click", (event) => {
      if (event.target.closest("#show-new")) this.release(event.detail === 0);
      const hold = event.target.closest("#hold");
      if (hold) this.toggleHold(hold);
    });
    this.dress();
  }

  apply(pieces) {
    const fresh = pieces.filter((piece) => (piece.in ? this.place(piece) : this.region(piece)));
    if (fresh.length) this.announcer.arrived(fresh.map((piece) => this.element(piece.html)));
    this.dress();
  }

  // A contribution: known ones are replaced, new ones go to their place in the order. Returns 1 for a new one.
  place(piece, isOwn = false) {
    const list = document.getElementById(piece.in);
    if (!list) return 0;
    const item = this.element(piece.html);
    const known = document.getElementById(piece.id);
    this.waiting.delete(piece.id);
    if (isOwn) this.mine.add(piece.id);
    this.mark(item);
    if (known?.parentElement === list) {
      redraw(list, () => known.replaceWith(item));
    } else if (!known && this.isBeforeAll(list, piece)) {
      return 0;
    } else if (!known && !isOwn && (this.held || list.contains(document.activeElement))) {
      this.waiting.set(piece.id, piece);
      return 1;
    } else {
      redraw(known ?? item, () => {
        known?.remove(); // it lay under another heading
        const after = [...list.children].reverse().find((other) => Number(other.dataset.order) < piece.order);
        if (after) after.after(item);
        else list.prepend(item);
      }, item);
    }
    window.htmx?.process(item);
    return known || this.mine.has(piece.id) ? 0 : 1;
  }

  // A change of something older than what this page shows: it comes along when the earlier ones are fetched.
  isBeforeAll(list, piece) {
    const hasEarlier = document.querySelector("#earlier, .thread__old");
    return Boolean(hasEarlier) && piece.order < Number(list.querySelector(".say")?.dataset.order ?? 0);
  }

  region(piece) {
    const place = document.getElementById(piece.id);
    if (!place || this.isKnown?.(place, piece)) return 0; // hosts.js knows
    redraw(place, () => {
      place.innerHTML = piece.html;
      for (const item of place.querySelectorAll(".say")) this.mark(item);
    });
    window.htmx?.process(place);
    if (piece.id === "room-wall" || piece.id.startsWith("outline-")) this.waiting.clear();
    return 0;
  }

  element(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    return holder.content.firstElementChild;
  }

  // Frames are drawn once for everybody; which words are one's own is known here.
  mark(item) {
    if (!this.mine.has(item.id)) return;
    item.classList.add("say--mine");
    item.querySelector(".card")?.classList.add("card--mine");
    this.sign(item);
  }

  // Frames carry no buttons for one's own words, since nearly everybody who gets them is somebody else.
  sign(item) {
    const actions = document.getElementById("own-actions");
    const name = item.querySelector(".by b");
    if (name && !item.querySelector(".by__you")) {
      const you = Object.assign(document.createElement("span"), { className: "by__you" });
      you.textContent = `, ${actions.dataset.you}`;
      name.after(you);
    }
    const own = item.querySelector(".say__own");
    if (!own) return;
    if (!own.children.length) own.innerHTML = actions.innerHTML.replaceAll(NOBODYS, item.id.replace("said-", ""));
    own.hidden = false;
  }

  // Asked for by a press: what waited comes to its places. With a keyboard the reader goes to the first of it.
  release(byKeyboard = false) {
    const pieces = [...this.waiting.values()].sort((a, b) => a.order - b.order);
    const wasHeld = this.held;
    this.held = false;
    if (document.activeElement?.id !== "hold") document.activeElement?.blur();
    for (const piece of pieces) this.place(piece);
    this.held = wasHeld;
    this.dress();
    const first = document.getElementById(pieces[0]?.id);
    if (first && byKeyboard) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
    first?.scrollIntoView({ block: "nearest" });
  }

  // Nothing that lies here is for the eyes of this person any more.
  clear() {
    this.waiting.clear();
    const room = ["wall", "mine", "seats", "side", "answer", "queue", "own", "told", "groups"].map((part) => `#room-${part}`);
    const thread = ["says", "board", "answer"].map((part) => `#thread-${part}`);
    const hosts = ["people", "pulse", "run", "groups"].map((part) => `#console-${part}`);
    for (const place of document.querySelectorAll([room, thread, hosts])) place.replaceChildren();
  }

  toggleHold(button) {
    this.held = !this.held;
    if (!this.held) this.release();
    this.dress();
  }

  dress() {
    // Only where cards are sorted does a phone carry what that takes.
    if (document.querySelector("[data-outline]")) import("app/outline").then(({ sort }) => sort(this.announcer));
    if (document.querySelector("[data-seats]")) import("app/seats").then(({ seat }) => seat(this.main, this.announcer));
    const show = document.getElementById("show-new");
    const count = this.waiting.size;
    if (show) {
      show.hidden = count === 0;
      show.textContent = count === 1 ? this.words.showOne : this.words.showMany.replace("{n}", count);
    }
    const hold = document.getElementById("hold");
    if (hold) {
      hold.hidden = false;
      const words = hold.querySelector("span");
      hold.dataset.free ??= words.textContent;
      words.textContent = this.held ? hold.dataset.held : hold.dataset.free;
    }
  }
}
