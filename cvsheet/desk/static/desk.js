// What the pages of the desk do by themselves: follow the folder and the work in progress. Everything works without it.
"use strict";
(() => {
  const EVERY = 1000, BUSY = 200; // milliseconds between two questions
  let awaited = 0, next = 0; // until when something is known to come, as after files were sent; the next question
  const root = document.documentElement, body = document.body;
  root.classList.add("script");

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  // The parts of the page that say what lies in the folder, made anew; what is open, or has the focus, stays so.
  async function refresh() {
    const answer = await fetch(location.href);
    const fresh = parsed(await answer.text());
    const live = [...document.querySelectorAll("[data-live]")];
    if (live.length === 0 || live.some((part) => !fresh.getElementById(part.id))) { location.reload(); return; }
    for (const part of live) {
      const next = fresh.getElementById(part.id);
      if (next.isEqualNode(part) || part.contains(document.activeElement)) { continue; }
      const open = new Set([...part.querySelectorAll("details[id][open]")].map((one) => one.id));
      for (const one of next.querySelectorAll("details[id]")) { one.open = one.open || open.has(one.id); }
      part.replaceWith(next);
    }
    body.dataset.pages = fresh.body.dataset.pages;
  }

  async function showJob(state) {
    const answer = await fetch("/travail");
    const place = document.getElementById("travail");
    place.replaceChildren(...parsed(await answer.text()).body.childNodes);
    body.dataset.job = state;
  }

  async function look() {
    let busy = false;
    try {
      const state = await (await fetch("/etat")).json();
      busy = state.busy;
      if (state.job !== body.dataset.job) { await showJob(state.job); }
      if (state.pages !== body.dataset.pages) { await refresh(); }
      root.classList.remove("closed");
    } catch {
      root.classList.add("closed");
    }
    next = setTimeout(look, document.hidden ? 4 * EVERY : busy || Date.now() < awaited ? BUSY : EVERY);
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) { form.requestSubmit(); }
  });
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("form[data-quiet]")) { return; }
    event.preventDefault();
    const answer = await fetch(event.target.action, { method: "POST" });
    if (answer.status !== 204) { document.open(); document.write(await answer.text()); document.close(); }
  });
  // Files dropped anywhere on the page, or chosen: one after the other, each with what became of it.
  async function send(form, file) {
    const line = document.createElement("li");
    line.textContent = `${file.name} : envoi…`;
    document.getElementById("deposes").append(line);
    if (file.size > Number(form.dataset.most)) { line.textContent = `${file.name} : trop gros pour un retour, rien n’est gardé.`; return; }
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch { // a folder, or a file that has gone since
      line.textContent = `${file.name} : ne peut pas être lu, rien n’est gardé. Si c’est un dossier, déposez les fichiers qu’il contient.`;
      return;
    }
    const data = new FormData();
    data.append("fichiers", file);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      awaited = Date.now() + 10 * EVERY;
      clearTimeout(next);
      next = setTimeout(look, BUSY);
      const kept = answer.ok ? (await answer.json()).kept : [];
      line.textContent = kept.length ? `${file.name} : gardé sous ${kept.join(", ")}` : `${file.name} : refusé. ${await answer.text()}`;
    } catch {
      line.textContent = `${file.name} : le bureau ne répond pas, rien n’est gardé.`;
    }
  }

  async function sendAll(form, files) { for (const file of files) { await send(form, file); } }

  const drop = document.getElementById("depot");
  if (drop) {
    const chosen = drop.querySelector("input[type=file]");
    chosen.addEventListener("change", async () => { const files = [...chosen.files]; chosen.value = ""; await sendAll(drop, files); });
    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { drop.classList.remove("over"); } });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      sendAll(drop, [...event.dataTransfer.files]);
    });
  }
  if (body.dataset.pages !== undefined) { next = setTimeout(look, BUSY); }
})();
