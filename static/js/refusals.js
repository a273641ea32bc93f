// What the server refused is said beside the work, and everything that was typed stays where it is.

export class Refusals {
  constructor(announcer) {
    this.place = document.getElementById("refused");
    document.body.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
      if (xhr.status >= 500 || !this.place) return;
      this.place.innerHTML = xhr.responseText;
      announcer.tell(this.place.textContent.trim());
    });
    document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
      if (detail.xhr.status < 400) this.place?.replaceChildren();
    });
  }
}
