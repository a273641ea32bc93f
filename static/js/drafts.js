// Words in any form but the composer (which has its own outbox): kept on this device for the person who writes them,
// put back when the form comes again, and forgotten when the server has taken them.

const page = document.getElementById("kept").dataset;
const FIELDS = "textarea:not([readonly]), input[type=text]:not([autocomplete=one-time-code]), input:not([type])";
const OURS = `draft-form:${page.writer}:`;
const SENT = "form-sent";
const LONGEST = 30 * 24 * 3600 * 1000; // milliseconds: what nobody has come back to by then is thrown away
const PATIENCE = 20000;
const CANNOT_NOW = new Set([408, 429, 500, 502, 503, 504]);

// With the words goes which form they were written in: sent twice they count once, and who was faster is told of.
const FORM = "[type=hidden]:is([name=client_id], [name=seen], [name=head])";
const MARK = /(^|_)(client_id|seen|head)(-\d+)?$/;
const fieldsOf = (form) => [...form.querySelectorAll(`${FIELDS}, ${FORM}`)];
const alike = (field) => [...field.form.querySelectorAll(`[name="${field.name}"]`)];
const nameOf = (field) => field.id || `${field.name}-${alike(field).indexOf(field)}`;
const addressOf = (form) => new URL(form.getAttribute("action") || location.href, location.href);

function keyOf(form) {
  const { pathname, search } = addressOf(form);
  const first = form.querySelector("textarea:not([readonly])") ?? form.querySelector(FIELDS); // it tells forms with one address apart
  return `${OURS}${pathname}${search}#${first ? nameOf(first) : ""}`;
}

// Who only chooses has no words to keep, and still loses nothing when there is no line.
function isOurs(form) {
  if (form?.getAttribute("method") !== "post" || form.matches("[data-composer]")) return false;
  return form.matches("[data-answer]") || form.querySelector(FIELDS);
}

function keep(form) {
  const others = form.querySelector("[data-kept]") ? read(keyOf(form))?.words : {}; // shown, and not copied yet perhaps
  const words = { ...others, ...Object.fromEntries(fieldsOf(form).map((field) => [nameOf(field), field.value])) };
  try { localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), words })); } catch { /* no storage: the page alone keeps them */ }
}

function forget(form) {
  try { localStorage.removeItem(keyOf(form)); } catch { /* nor is there anything to forget */ }
}

function read(key, store = "localStorage") {
  try { return JSON.parse(window[store].getItem(key)); } catch { return null; }
}

const isTouched = (field) => field.value !== field.defaultValue || (field === document.activeElement && field.value);

// A field that somebody is in the middle of, or has written into since the page came, is left alone. Words of a field
// that is not there, such as of a clause that was added and not saved, are shown to be copied.
function putBack(form) {
  const words = { ...read(keyOf(form))?.words };
  const before = new Map(); // field -> what the server has
  for (const field of fieldsOf(form)) {
    const kept = words[nameOf(field)];
    delete words[nameOf(field)];
    if (kept !== undefined && kept !== field.value && !isTouched(field)) before.set(field, [field.value, kept]);
  }
  const said = [...before.keys()].filter((field) => field.type !== "hidden");
  const others = Object.keys(words).filter((name) => !MARK.test(name)).map((name) => words[name]).filter((text) => text.trim());
  if (!said.length && !others.length || form.querySelector("[data-kept]")) return;
  for (const [field, [, kept]] of before) field.value = kept;
  for (const field of said) field.closest("details")?.setAttribute("open", "");
  note(form, said.at(-1) ?? form.querySelector(FIELDS), before, others);
}

function note(form, last, before, others) {
  const line = Object.assign(document.createElement("div"), { className: "hint" });
  line.dataset.kept = "";
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "linkish plain", textContent: page.drop });
  drop.addEventListener("click", () => {
    for (const [field, [value]] of before) field.value = value;
    forget(form);
    line.remove();
    last.focus();
  });
  line.append(`${page.back} `, drop);
  if (others.length) line.append(copyable(others));
  (last.closest(".few") ?? last).after(line); // words in a row stand in their labels
}

function copyable(texts) {
  const label = Object.assign(document.createElement("label"), { textContent: page.copy });
  label.append(Object.assign(document.createElement("textarea"), { className: "input", readOnly: true, value: texts.join("\n\n") }));
  return label;
}

function look(place) {
  const forms = new Set([...place.querySelectorAll(FIELDS)].map((field) => field.form));
  for (const form of forms) if (isOurs(form)) putBack(form);
}

// A page that answers a form has its words as the server has put them, such as a clause that was moved: they count now.
function takeOver() {
  const sent = read(SENT, "sessionStorage");
  try { sessionStorage.removeItem(SENT); } catch { /* nothing was noted either */ }
  if (!sent || page.answers === undefined) return;
  for (const form of document.forms) if (isOurs(form) && keyOf(form) === sent) keep(form);
}

function complain(form, button) {
  form.querySelector("[data-not-sent]")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "error", textContent: page.notSent });
  line.dataset.notSent = "";
  line.setAttribute("role", "alert");
  const place = button?.closest("form > *");
  if (place) place.before(line);
  else form.append(line);
}

async function send(form, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const isPlain = form.enctype !== "multipart/form-data";
  form.dataset.sending = "";
  form.querySelector("[data-not-sent]")?.remove();
  try {
    const answer = await fetch(button?.getAttribute("formaction") || addressOf(form), {
      method: "POST",
      headers: { "X-Keeps-Words": "1" },
      body: isPlain ? new URLSearchParams(body) : body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (CANNOT_NOW.has(answer.status)) throw new Error("not now");
    const onward = answer.headers.get("X-Onward");
    if (!onward) return showAnswer(form, button);
    forget(form);
    goTo(new URL(onward, location.href));
  } catch {
    delete form.dataset.sending; // else it stays until the next page is here
    complain(form, button);
  }
}

// Nothing was taken. The server's page says why, with everything that was typed: it comes when the form is sent as usual.
function showAnswer(form, button) {
  form.dataset.through = "";
  try { sessionStorage.setItem(SENT, JSON.stringify(keyOf(form))); } catch { /* the answer then stands beside what was kept */ }
  form.requestSubmit(button);
}

// An address that differs in its end alone would not be loaded anew.
function goTo(address) {
  const isHere = address.pathname === location.pathname && address.search === location.search;
  if (!isHere) return location.assign(address);
  history.replaceState(null, "", address);
  location.reload();
}

document.addEventListener("input", ({ target }) => { if (target.matches(FIELDS) && isOurs(target.form)) keep(target.form); });
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (page.forgets !== undefined) forgetAll(() => true);
  const isThrough = "through" in form.dataset;
  delete form.dataset.through;
  if (event.defaultPrevented || isThrough || !isOurs(form)) return;
  event.preventDefault();
  if (!("sending" in form.dataset)) send(form, event.submitter);
});

// htmx sends some forms by itself. What it was told and shows in the form's place says whether the words were taken.
document.body.addEventListener("htmx:beforeSwap", ({ detail: { xhr, requestConfig } }) => {
  const form = requestConfig.elt;
  const isMoved = requestConfig.formData?.has("move"); // things stand in another order; nothing is sent yet
  if (!form.matches?.("form") || !isOurs(form) || xhr.status >= 400 || isMoved) return;
  const shown = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (!shown.querySelector(".error:not([hidden])")) forget(form);
});
document.body.addEventListener("htmx:sendError", ({ detail: { elt } }) => {
  if (elt.matches?.("form") && isOurs(elt) && !elt.querySelector("[data-unsent]")) complain(elt);
});

function forgetAll(isOld) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(OURS) && isOld(read(key))) localStorage.removeItem(key);
  } catch { /* a browser without storage kept nothing */ }
}

addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sending; }); // Back
forgetAll((kept) => !(Date.now() - kept?.at < LONGEST));
takeOver();
look(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.querySelectorAll) look(node);
}).observe(document.body, { childList: true, subtree: true });
