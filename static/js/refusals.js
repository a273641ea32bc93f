// What the server refused is said beside the work, and everything that was typed stays where it is.

export function tellRefusals(announcer) {
  const place = document.getElementById("refused");
  if (!place) return;
  document.body.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    if (xhr.status >= 500) return;
    place.innerHTML = xhr.responseText;
    announcer.tell(place.textContent.trim());
  });
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { xhr } }) => {
    if (xhr.status < 400) place.replaceChildren();
  });
}
