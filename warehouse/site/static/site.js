// The search of the first page, and Esc for the cards of numbers. The index is a script, since pages that are opened
// from disk may not fetch; what it holds is shown as text, never as markup.
"use strict";

(() => {
  const most = 40;

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.activeElement && document.activeElement.closest(".n");
    if (open) document.activeElement.blur();
  });

  // A card that would leave the page on the right opens to the left.
  const place = (event) => {
    const number = event.target.closest ? event.target.closest(".n") : null;
    if (!number) return;
    const room = document.documentElement.clientWidth - number.getBoundingClientRect().left;
    number.classList.toggle("leftwards", room < 320);
  };
  document.addEventListener("pointerover", place);
  document.addEventListener("focusin", place);

  const field = document.getElementById("q");
  const index = window.impactIndex;
  if (!field || !index) return;
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [
    ...index.metrics.map(([href, text, more]) => ({ href, text, note: "metric", key: folded(text + " " + more) })),
    ...index.sentences.map(([href, text, note]) => ({ href, text, note, key: folded(text) })),
  ];

  const look = () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    hits.replaceChildren();
    if (!words.length) {
      found.textContent = "";
      return;
    }
    const matching = entries.filter((entry) => words.every((word) => entry.key.includes(word)));
    for (const entry of matching.slice(0, most)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = entry.href;
      link.textContent = entry.text;
      const note = document.createElement("small");
      note.textContent = " " + entry.note;
      item.append(link, note);
      hits.append(item);
    }
    const more = matching.length > most ? ", the first " + most + " shown" : "";
    found.textContent = matching.length ? matching.length + " found" + more : "Nothing found";
  };

  field.form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", look);
  look();
})();
