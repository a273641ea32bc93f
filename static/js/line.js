// What the page says of its line: gone for a while, back again, or closed for good to who may not be here any more.

export function watchLine({ main, words, announcer, board, live }, again = () => {}) {
  const line = document.getElementById("line");
  live.addEventListener("line", ({ detail: isOn }) => {
    main.dataset.connected = isOn ? "yes" : "no";
    if (!isOn) document.getElementById("line-words").textContent = words.offline;
    else if (!line.hidden) announcer.say(words.back, "line");
    line.hidden = isOn;
    if (isOn) again();
  });
  live.addEventListener("gone", () => {
    main.dataset.connected = "no";
    document.getElementById("line-words").textContent = words.gone;
    line.hidden = false;
    announcer.tell(words.gone);
    board.clear();
  });
}
