// Number fields with a button on either side, and how many dots are left, in the words that the page brought along.

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-step]");
  const field = button?.parentElement.querySelector("input");
  if (!field) return;
  const number = (Number(field.value) || 0) + Number(button.dataset.step);
  field.value = Math.min(Number(field.max), Math.max(Number(field.min), number));
  tell(field);
});
document.addEventListener("input", ({ target }) => tell(target));

function tell(field) {
  const left = field.form?.querySelector("[data-dots-left]");
  if (!left) return;
  const words = left.dataset.words.split("|");
  const fields = [...field.form.querySelectorAll(".stepper__n")];
  const spent = fields.reduce((sum, one) => sum + (Number(one.value) || 0), 0);
  left.firstElementChild.textContent = words[words.length - 1 - spent] ?? left.dataset.tooMany;
}
