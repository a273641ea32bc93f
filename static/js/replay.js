// The replay's slider moves when it is let go; the buttons work without this script.

const line = document.querySelector("[data-line]");
line?.addEventListener("change", () => location.assign(`?line=${line.value}#line-${line.value}`));
