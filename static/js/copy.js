/** Copying: a button with data-copies="id" puts the text of that field on the clipboard, and says so. */
const said = document.getElementById("copied")?.innerHTML ?? "";
const announce = document.getElementById("announce");

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false; // without script the text can be marked by hand
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copies]");
  const field = button && document.getElementById(button.dataset.copies);
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    return; // it is marked now: one more key copies it
  }
  announce.textContent = said;
  button.querySelector("[data-said]")?.remove();
  button.insertAdjacentHTML("beforeend", `<span data-said> · ${said}</span>`);
});
