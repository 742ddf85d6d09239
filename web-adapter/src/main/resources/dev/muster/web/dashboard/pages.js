// SPDX-License-Identifier: Apache-2.0
// Keeps an open page fresh, says how long ago things were, and copies commands. Every page is
// complete without it.

const EVERY_MS = 10_000;
const sources = new Map();

const liveParts = (root) => root.querySelectorAll("[data-live][id]");

const span = (ms) => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) {
    return "under 1 min";
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
};

const beside = (time) => {
  const next = time.nextElementSibling;
  if (next?.classList.contains("ago")) {
    return next;
  }
  const added = document.createElement("span");
  added.className = "ago small";
  time.after(" ", added);
  return added;
};

const tellTimes = () => {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-since]")) {
    beside(time).textContent = `${span(now - Date.parse(time.dateTime))} ago`;
  }
  for (const time of document.querySelectorAll("time[data-due]")) {
    const left = Date.parse(time.dateTime) - now;
    const note = beside(time);
    note.textContent = left >= 0 ? `in ${span(left)}` : `${span(-left)} overdue`;
    note.classList.toggle("overdue", left < 0);
  }
};

const utcClock = () => `${new Date().toISOString().slice(11, 19)} UTC`;

const live = document.getElementById("live");
let freshAt = utcClock();

const sayFresh = (good) => {
  if (good) {
    freshAt = utcClock();
  }
  live.hidden = false;
  live.classList.toggle("stale", !good);
  const words = good ? "Kept up to date." : `No connection. This is what was known at ${freshAt}.`;
  if (live.textContent !== words) {
    live.textContent = words;
  }
};

const replace = (old, fresh) => {
  const open = [...old.querySelectorAll("[id] details[open]")].map((d) => d.closest("[id]").id);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.getAttribute("href");
  old.replaceChildren(...fresh.childNodes);
  for (const id of open) {
    document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
  }
  if (address) {
    [...old.querySelectorAll("a[href]")].find((a) => a.getAttribute("href") === address)?.focus();
  }
};

const refresh = async () => {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) {
      location.reload();
      return;
    }
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of liveParts(document)) {
      const fresh = page.getElementById(old.id);
      const source = fresh?.innerHTML;
      if (fresh && source !== sources.get(old.id)) {
        sources.set(old.id, source);
        replace(old, fresh);
      }
    }
    tellTimes();
    sayFresh(true);
  } catch {
    sayFresh(false);
  }
};

const offerCopies = () => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      const words = button.textContent;
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = words;
      }, 2_000);
    });
  }
};

for (const part of liveParts(document)) {
  sources.set(part.id, part.innerHTML);
}
tellTimes();
offerCopies();
if (sources.size > 0) {
  setInterval(refresh, EVERY_MS);
  document.addEventListener("visibilitychange", refresh);
}
