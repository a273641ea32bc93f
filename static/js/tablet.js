// The shared tablet: every step takes the place of the one before, so that Back leads to nobody's answer. What
// somebody wrote is cleared only once the server has said that it has it.

let busy = false;

// A page that the browser kept (Back, or a tab that was put away) may show the person before.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-tablet]")) return;
  event.preventDefault();
  const sent = new FormData(form, event.submitter);
  go(form.action, { method: "POST", body: new URLSearchParams(sent) });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-here]");
  if (!link) return;
  event.preventDefault();
  go(link.href, {});
});

async function go(address, options) {
  if (busy) return;
  busy = true;
  try {
    const answer = await fetch(address, options);
    const type = answer.headers.get("Content-Type") ?? "";
    if (answer.status >= 500 || !type.startsWith("text/html")) return unsent();
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    unsent();
  } finally {
    busy = false;
  }
}

function show(page) {
  // Another page, such as one that says that the key is out of date, must not take the place of what was typed.
  const next = page.querySelector("main[data-tablet]");
  if (!next) return unsent(page.querySelector("h1")?.textContent);
  document.querySelector("main").replaceWith(next);
  scrollTo(0, 0);
  (next.querySelector("h1[tabindex]") ?? next).focus({ preventScroll: true });
}

function unsent(why) {
  const main = document.querySelector("[data-tablet]");
  if (!main) return;
  let note = document.getElementById("tablet-unsent");
  if (!note) {
    note = Object.assign(document.createElement("p"), { id: "tablet-unsent", className: "notice notice--off wrap" });
    note.setAttribute("role", "alert");
    main.prepend(note);
  }
  note.textContent = [why?.trim(), main.dataset.unsent].filter(Boolean).join(" ");
}
