// Where somebody sits. One piece tells everybody where all sit; each page finds its own person in it.

let told;

export function seat(main, announcer) {
  const place = document.querySelector("[data-seats]");
  if (!place) return;
  const mine = JSON.parse(place.dataset.seats)[main.dataset.person];
  const label = JSON.parse(place.dataset.labels)[mine];
  const yours = place.querySelector("[data-yours]");
  const words = yours.querySelector("[data-yours-words]");
  const text = label ? words.dataset.yoursWords.replace("{group}", label) : "";
  const link = yours.querySelector("a");
  if (words.textContent !== text) words.textContent = text;
  if (label) link.setAttribute("href", `${place.dataset.url.replace("/0/", `/${mine}/`)}#group-h`);
  yours.hidden = !label;
  const none = place.querySelector("[data-none]");
  if (none) none.hidden = Boolean(label) || "host" in main.dataset;
  withTokens(place, main);
  choose(place, mine, told === undefined && !("host" in main.dataset));
  if (told !== undefined && told !== text && text) announcer.say(text, "group");
  told = text;
}

// A piece is drawn for everybody, so its forms carry nobody's token.
function withTokens(place, main) {
  for (const form of place.querySelectorAll("form:not(:has([name=csrfmiddlewaretoken]))")) {
    const token = document.createElement("input");
    form.append(Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: main.dataset.csrf }));
  }
}

function choose(place, mine, isFirst) {
  const list = place.querySelector("[data-choose]");
  if (!list) return;
  if (!mine && isFirst) list.open = true; // later it stays as somebody has left it
  for (const button of list.querySelectorAll("[data-group]")) {
    button.setAttribute("aria-pressed", String(button.dataset.group === String(mine)));
  }
}
