/** Text and colours: show each choice at once. Keeping it is the form's work, with or without this file. */
const form = document.querySelector("form[data-look]");

form?.addEventListener("change", ({ target }) => {
  if (["size", "spacing", "theme"].includes(target.name)) {
    document.documentElement.dataset[target.name] = target.value;
  }
});
