(() => {
  const all = (where, what) => [...where.querySelectorAll(what)];
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u2019/g, "'").toLowerCase();
  const [field, told, button] = ["mot", "trouve", "tableur"].map((id) => document.getElementById(id));
  const items = all(document, "article").map((item) => [item, plain(item.textContent)]);

  const search = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const found = items.filter(([item, text]) => !(item.hidden = !words.every((word) => text.includes(word))));
    for (const part of all(document, ".part")) part.hidden = !part.querySelector("article:not([hidden])");
    told.textContent = words.length ? `${found.length} sur ${items.length}` : "";
  };

  // What the tables show, as a file that a French spreadsheet opens: numbers without spaces, texts that cannot act.
  const content = (cell) => cell.firstChild.textContent.trim();
  const safe = (text) => `"${(/^[=+\-@]/.test(text) ? "'" + text : text).replace(/"/g, '""')}"`;
  const number = (text) => {
    const bare = text.replace(/[\s\u202f\u00a0]/g, "").replace("\u2212", "-");
    return /^-?[\d,]+%?$/.test(bare) ? bare : bare === "\u2013" ? "" : safe(text);
  };
  const sheet = () => {
    const heads = all(document.querySelector("article thead"), "th").map(content).slice(1);
    const lines = [["Pilier", "Priorité", "Indicateur", "Mesure", "Modalité", "Unité", ...heads, "Remarques"].map(safe)];
    for (const [item] of items) {
      const titles = [item.closest(".pillar").querySelector("h2"), item.closest(".priority").querySelector("h3"), item.querySelector("h4")];
      let measure = "", unit = "";
      for (const row of all(item, "tbody tr")) {
        const [label, ...cells] = row.children, sum = row.className === "sum";
        if (sum) [measure, unit] = [content(label), label.children[0]?.textContent ?? "%"];
        const notes = cells.flatMap((cell, at) => all(cell, "small").map((note) => `${heads[at]} ${note.textContent}`));
        const texts = [...titles.map(content), measure, sum ? "Total" : content(label), unit];
        lines.push([...texts.map(safe), ...cells.map((cell) => number(content(cell))), safe(notes.join(", "))]);
      }
    }
    return "\ufeff" + lines.map((line) => line.join(";") + "\r\n").join("");
  };

  field.form.hidden = button.hidden = false;
  field.form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", search);
  document.querySelector("nav").addEventListener("click", () => { field.value = ""; search(); });
  for (const [moment, open] of [["beforeprint", true], ["afterprint", false]]) {
    addEventListener(moment, () => all(document, "details").forEach((table) => { table.open = open; }));
  }
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
    link.download = button.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  search();
})();
