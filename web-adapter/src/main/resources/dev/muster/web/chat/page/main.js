// SPDX-License-Identifier: Apache-2.0
// Puts the page together: who, which channel, what is new, and how one moves about.

import { avatar, byId, dialog, el, icon, speak, toast } from "./dom.js";
import { dayName, sameDay } from "./time.js";
import {
  beginReading, channelNamed, groups, keep, markRead, messageIn, readUpTo, roots, state, threadOf, unread,
} from "./state.js";
import { listen, read, signedIn, verbs } from "./server.js";
import { edit, message } from "./message.js";
import { composer, dropInto, isTyping } from "./composer.js";
import { choose, remember, remembered } from "./people.js";

const PAGE = 60;
const FOLLOWS_MS = 5 * 60_000;
const NEAR_END_PX = 120;

let stopListening = () => {};
let divider = "";
let drawn = new Map();

/** Who is signed in; empty where people only say who they are. */
let account = "";
const STILL_HERE_MS = 5 * 60_000;

const log = byId("log");
const threadLog = byId("thread-log");
const writer = composer(byId("composer"), {
  place: () => ({ channel: state.current, thread: "" }), sent: () => toEnd(log), label: "Message",
});
const threadWriter = composer(byId("thread-composer"), {
  place: () => ({ channel: state.current, thread: state.thread }), sent: () => toEnd(threadLog), label: "Reply",
});

const atEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;

function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

// Channels

function drawChannels() {
  const list = byId("channels");
  const folded = list.querySelector("details")?.open ?? false;
  list.replaceChildren(...groups().map((group) => {
    const items = el("ul", {}, group.items.map(channelLink));
    if (group.folded) {
      return el("details", { class: "group", open: folded }, el("summary", {}, group.title), items);
    }
    return el("section", { class: "group", "aria-label": group.title }, el("h2", {}, group.title), items);
  }));
  const waiting = [...state.mentions.values()].reduce((sum, n) => sum + n, 0);
  const name = state.channels.get(state.current)?.name;
  document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${name ? `#${name} · ` : ""}Muster`;
}

function channelLink(channel) {
  const here = channel.id === state.current;
  const isNew = unread(channel) && !here;
  const called = state.mentions.get(channel.id) ?? 0;
  return el("li", {}, el("a", {
    href: `#/${channel.name}`, class: `channel${here ? " here" : ""}${isNew ? " new" : ""}`,
    "aria-current": here ? "page" : null, title: channel.topic || null,
  }, channel.private ? icon("lock", 14) : el("span", { class: "hash", "aria-hidden": "true" }, "#"),
  el("span", { class: "channel-name" }, channel.name),
  isNew ? el("span", { class: "visually-hidden" }, " unread") : null,
  called > 0 ? el("span", { class: "badge num", title: "mentions of you" }, String(called)) : null));
}

function drawHead() {
  const channel = state.channels.get(state.current);
  if (!channel) {
    return;
  }
  byId("channel-name").replaceChildren(
    channel.private ? icon("lock", 16) : el("span", { class: "hash", "aria-hidden": "true" }, "#"), channel.name,
    channel.archived ? el("span", { class: "chip" }, icon("box", 13), "archived") : "");
  byId("channel-topic").textContent = channel.topic;
  byId("channel-topic").title = channel.topic;
  byId("channel-links").replaceChildren(
    ...channel.bookmarks.slice(0, 4).map((b) => el("a", { class: "btn btn-quiet btn-small", href: b.url }, icon("link", 14), b.title)),
    ...(channel.members.length > 0
      ? [el("button", { type: "button", class: "btn btn-quiet btn-small", title: "Members", onclick: () => showMembers(channel) },
        icon("people", 16), el("span", { class: "num" }, String(channel.members.length)))]
      : []));
  byId("thread-place").textContent = `#${channel.name}`;
}

function showMembers(channel) {
  dialog("Members", el("form", { method: "dialog", class: "dialog-body" },
    el("h2", {}, `Members of #${channel.name}`),
    el("ul", { class: "people" }, channel.members.map((name) => el("li", { class: "person" }, avatar(name), name))),
    el("div", { class: "dialog-actions" }, el("button", { class: "btn", autofocus: true }, "Close"))));
}

// Messages

const actions = { reply: (root) => openThread(root.id), changed: () => schedule(true) };

function drawMessages({ stay = false } = {}) {
  const list = roots(state.current);
  const follow = atEnd(log);
  const keepTop = log.scrollHeight - log.scrollTop;
  fill(log, list, false);
  if (stay) {
    log.scrollTop = log.scrollHeight - keepTop;
  } else if (follow) {
    toNewest();
  }
  byId("newer").hidden = atEnd(log);
}

/** Goes to the end, or to the beginning of the newest message when it is taller than the view. */
function toNewest() {
  const newest = log.querySelector(":scope > .msg:last-child");
  toEnd(log);
  if (newest && newest.offsetHeight > log.clientHeight && newest.dataset.seen !== "true") {
    newest.scrollIntoView({ block: "start" });
  }
  newest?.setAttribute("data-seen", "true");
}

function fill(target, list, inThread) {
  const focused = document.activeElement;
  const focusedId = target.contains(focused) && focused.classList.contains("msg") ? focused.id : "";
  const typing = target.contains(focused) && focused.matches("input, textarea, select") ? focused : null;
  const selection = typing?.selectionStart !== undefined ? [typing.selectionStart, typing.selectionEnd] : null;
  const old = new Map([...target.querySelectorAll(":scope > .msg")].map((row) => [row.id, row]));
  const parts = [];
  if (!inThread) {
    parts.push(beginning());
  }
  let last = null;
  let marked = false;
  for (const shown of list) {
    const newDay = last === null || !sameDay(last.at, shown.at);
    if (newDay && !inThread) {
      parts.push(el("div", { class: "day", role: "separator" }, el("span", {}, dayName(shown.at))));
    }
    const isDivided = !inThread && !marked && divider !== "" && shown.id > divider && shown.author !== state.me;
    if (isDivided) {
      marked = true;
      parts.push(el("div", { class: "day new-line", role: "separator" }, el("span", {}, "New")));
    }
    const follows = !newDay && !isDivided && followsOn(last, shown);
    parts.push(row(shown, { follows, inThread, actions }, old));
    last = shown;
  }
  arrange(target, parts.filter((part) => part !== null));
  if (typing && target.contains(typing) && document.activeElement !== typing) {
    typing.focus({ preventScroll: true });
    if (selection && selection[0] !== null && typing.setSelectionRange && typing.type !== "checkbox") {
      typing.setSelectionRange(...selection);
    }
  } else if (focusedId && document.activeElement?.id !== focusedId) {
    byId(focusedId)?.focus({ preventScroll: true });
  }
}

/** Puts exactly these children in, and leaves alone those that stand where they should. */
function arrange(target, parts) {
  const wanted = new Set(parts);
  [...target.children].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
  let next = target.firstChild;
  for (const part of parts) {
    if (part === next) {
      next = next.nextSibling;
    } else {
      target.insertBefore(part, next);
    }
  }
}

/** Draws a message, or takes the drawing that is still right. */
function row(shown, how, old) {
  const id = `${how.inThread ? "t" : "c"}-${shown.id}`;
  const replies = how.inThread ? 0 : threadOf(shown.channel, shown.id).length;
  const content = JSON.stringify([shown, how.follows, replies, state.me, state.people.length]);
  const before = drawn.get(id);
  if (before === content && old.has(id)) {
    return old.get(id);
  }
  if (old.get(id)?.querySelector(".edit-form")) {
    return old.get(id);
  }
  drawn.set(id, content);
  return message(shown, how);
}

const followsOn = (last, shown) =>
  last !== null && last.author === shown.author && last.bot === shown.bot && !shown.card && !last.card &&
  last.visibleTo === shown.visibleTo && !shown.deleted && !last.deleted && !shown.pinned &&
  new Date(shown.at) - new Date(last.at) < FOLLOWS_MS;

function beginning() {
  const channel = state.channels.get(state.current);
  if (!channel) {
    return null;
  }
  if (state.previous.get(channel.id)) {
    return el("button", { type: "button", class: "btn btn-small earlier", onclick: loadEarlier }, "Show earlier messages");
  }
  const incident = channel.name.startsWith("inc-");
  return el("div", { class: "first" },
    el("h2", {}, channel.private ? icon("lock", 20) : "#", ` ${channel.name}`),
    el("p", { class: "muted" }, channel.topic || "Nothing has been said about this channel."),
    el("p", { class: "muted small" }, incident
      ? "What is written here becomes the incident's timeline."
      : "Type /incident declare to open an incident, or /incident help to see what else there is."));
}

async function loadEarlier() {
  const channel = state.current;
  const before = state.previous.get(channel);
  try {
    const page = await read(`channels/${channel}/messages`, { as: state.me, before, limit: PAGE });
    page.items.forEach(keep);
    state.previous.set(channel, page.previous);
    drawMessages({ stay: true });
  } catch (error) {
    toast(error.message);
  }
}

async function load(channel) {
  const page = await read(`channels/${channel}/messages`, { as: state.me, before: "", limit: PAGE });
  if (!state.previous.has(channel)) {
    state.previous.set(channel, page.previous);
  } else if (page.items.length > 0 && !messageIn(channel, page.items[0].id) && page.previous) {
    state.messages.delete(channel);
    state.previous.set(channel, page.previous);
  }
  page.items.forEach(keep);
}

// Moving about

async function goTo(name, messageId) {
  const channel = channelNamed(name) ?? channelNamed("general") ?? state.channels.values().next().value;
  if (!channel) {
    return;
  }
  const changed = channel.id !== state.current;
  state.current = channel.id;
  if (changed) {
    closeThread();
    divider = unread(channel) ? readUpTo(channel.id) : "";
    log.replaceChildren(el("p", { class: "empty" }, "Loading…"));
  }
  showSide(false);
  drawHead();
  drawChannels();
  writer.moved(`Message #${channel.name}`, channel.archived);
  try {
    await load(channel.id);
  } catch (error) {
    toast(error.message);
  }
  if (state.current !== channel.id) {
    return;
  }
  drawMessages();
  if (changed) {
    toEnd(log);
    const line = log.querySelector(".new-line");
    line?.scrollIntoView({ block: "center" });
  }
  if (messageId) {
    showMessage(messageId);
  }
  seen();
}

function showMessage(id) {
  const found = messageIn(state.current, id);
  if (!found) {
    toast("That message is further back than what is loaded.", "info");
    return;
  }
  if (found.thread !== null) {
    openThread(found.thread);
    return;
  }
  const target = byId(`c-${id}`);
  target?.scrollIntoView({ block: "center" });
  target?.classList.add("pointed");
  target?.focus({ preventScroll: true });
}

function seen() {
  if (document.visibilityState === "visible" && atEnd(log)) {
    markRead(state.current);
    drawChannels();
  }
}

async function openThread(root) {
  state.thread = root;
  byId("thread").hidden = false;
  byId("app").classList.add("with-thread");
  drawThread();
  threadWriter.moved("Reply…", state.channels.get(state.current)?.archived ?? false);
  threadWriter.focus();
  try {
    const page = await read(`channels/${state.current}/messages`, { as: state.me, thread: root, limit: 500 });
    page.items.forEach(keep);
    drawThread();
    toEnd(threadLog);
  } catch (error) {
    toast(error.message);
  }
}

function drawThread() {
  const follow = atEnd(threadLog);
  fill(threadLog, threadOf(state.current, state.thread), true);
  if (follow) {
    toEnd(threadLog);
  }
}

function closeThread() {
  if (state.thread === "") {
    return;
  }
  const root = state.thread;
  state.thread = "";
  byId("thread").hidden = true;
  byId("app").classList.remove("with-thread");
  byId(`c-${root}`)?.focus({ preventScroll: true });
}

function showSide(open) {
  byId("app").classList.toggle("side-open", open);
  byId("menu").setAttribute("aria-expanded", String(open));
  byId("veil").hidden = !open;
}

async function jump() {
  const input = el("input", { class: "jump-input", placeholder: "Jump to a channel…", "aria-label": "Channel", autofocus: true, spellcheck: "false" });
  const found = el("div", { class: "jump-list" });
  const form = el("form", { method: "dialog", class: "dialog-body jump" }, input, found);
  const draw = () => {
    const wanted = input.value.trim().toLowerCase().replace(/^#/, "");
    const all = groups().flatMap((g) => g.items).filter((c) => c.name.includes(wanted) || c.topic.toLowerCase().includes(wanted));
    found.replaceChildren(...all.slice(0, 9).map((c) => el("button", { class: "jump-item", value: c.name },
      el("strong", {}, `#${c.name}`), el("span", { class: "muted small" }, c.topic))));
    if (all.length === 0) {
      found.replaceChildren(el("p", { class: "muted small" }, "No channel has that name."));
    }
  };
  input.addEventListener("input", draw);
  form.addEventListener("keydown", (event) => {
    const items = [...found.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      (items[at + (event.key === "ArrowDown" ? 1 : -1)] ?? input).focus();
    }
  });
  draw();
  const name = await dialog("Jump to a channel", form, "dialog-top");
  if (name) {
    location.hash = `#/${name}`;
  }
}

const SHORTCUTS = [
  ["Ctrl K", "Jump to a channel"], ["Alt ↑ ↓", "Previous or next channel"], ["/", "Write a message or command"],
  ["Enter", "Send"], ["Shift Enter", "New line"], ["↑", "Edit your last message"],
  ["Tab", "Take the completion"], ["↑ ↓ in messages", "Move between messages"],
  ["R", "Reply to the message in a thread"], ["E", "Edit your message"], ["Esc", "Close the thread"], ["?", "This list"],
];

function showKeys() {
  dialog("Keyboard shortcuts", el("form", { method: "dialog", class: "dialog-body" },
    el("h2", {}, "Keyboard shortcuts"),
    el("dl", { class: "keys" }, SHORTCUTS.map(([keys, what]) => el("div", {},
      el("dt", {}, keys.split(" ").map((k) => (k === "in" || k === "messages" ? ` ${k} ` : el("kbd", {}, k)))), el("dd", {}, what)))),
    el("div", { class: "dialog-actions" }, el("button", { class: "btn", autofocus: true }, "Close"))));
}

function nextChannel(step) {
  const all = groups().filter((g) => !g.folded).flatMap((g) => g.items);
  const at = all.findIndex((c) => c.id === state.current);
  const next = all[(at + step + all.length) % all.length];
  if (next) {
    location.hash = `#/${next.name}`;
  }
}

function onKey(event) {
  if (document.querySelector("dialog[open]")) {
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    jump();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    nextChannel(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    closeThread();
    showSide(false);
  } else if (!isTyping() && !event.ctrlKey && !event.metaKey && !event.altKey) {
    plainKey(event);
  }
}

function plainKey(event) {
  const row = document.activeElement?.closest?.(".msg");
  const shown = row ? messageIn(state.current, row.dataset.id) : null;
  const list = document.activeElement?.closest?.(".log");
  if (event.key === "/") {
    event.preventDefault();
    writer.begin("/");
  } else if (event.key === "?") {
    showKeys();
  } else if (shown && event.key === "r" && shown.visibleTo === null) {
    event.preventDefault();
    openThread(shown.thread ?? shown.id);
  } else if (shown && event.key === "e" && shown.author === state.me && shown.visibleTo === null) {
    event.preventDefault();
    edit(shown, row.id.startsWith("t-"));
  } else if (list && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.target.closest("button, a")) {
    event.preventDefault();
    const rows = [...list.querySelectorAll(".msg")];
    const at = row ? rows.indexOf(row) : rows.length;
    rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
  }
}

// What happens elsewhere

function heard(message) {
  const before = keep(message);
  if (!state.people.includes(message.author) && !message.bot) {
    state.people.push(message.author);
  }
  const away = message.channel !== state.current || document.visibilityState !== "visible";
  const forMe = message.author !== state.me && (message.mentions.includes(state.me) || (message.bot && message.visibleTo === state.me));
  if (!before && !message.deleted && away && forMe) {
    state.mentions.set(message.channel, (state.mentions.get(message.channel) ?? 0) + 1);
  }
  if (!before && message.author !== state.me && message.channel === state.current && message.text) {
    speak(`${message.bot ? "Muster" : message.author}: ${message.text.slice(0, 200)}`);
  }
  if (!before && message.visibleTo === state.me && message.card?.form) {
    wantedForm = message.id;
  }
  schedule(message.channel === state.current);
}

let wantedForm = "";

/** Puts the caret into a form that has just opened, unless somebody is writing elsewhere. */
function enterForm() {
  const row = byId(`c-${wantedForm}`);
  wantedForm = "";
  if (row && writer.isIdle()) {
    row.querySelector(".form input, .form select, .form textarea")?.focus();
  }
}

let pending = 0;
let pendingHere = false;

/** Draws once per frame, however much comes in. */
function schedule(here) {
  pendingHere ||= here;
  if (pending) {
    return;
  }
  pending = requestAnimationFrame(() => {
    pending = 0;
    if (pendingHere) {
      pendingHere = false;
      drawMessages();
      if (state.thread) {
        drawThread();
      }
      enterForm();
      seen();
    }
    drawChannels();
  });
}

function channelChanged(channel) {
  const before = state.channels.get(channel.id);
  state.channels.set(channel.id, { ...channel, newest: channel.newest ?? before?.newest ?? null });
  drawChannels();
  if (state.current === "") {
    follow();
  } else if (channel.id === state.current) {
    drawHead();
    writer.moved(`Message #${channel.name}`, channel.archived);
  }
}

/** A channel goes by another name, which is all that is known of it; whoever read it reads on. */
async function channelRenamed(channel) {
  const before = state.current;
  await refresh().catch((error) => toast(error.message));
  drawChannels();
  if (!state.channels.has(before)) {
    history.replaceState(null, "", `#/${channel.name}`);
    await follow();
  }
}

function banner(sentence) {
  byId("banner").hidden = sentence === "";
  byId("banner").textContent = sentence;
}

async function refresh() {
  const [channels, people] = await Promise.all([read("channels", { as: state.me }), read("people")]);
  state.channels = new Map(channels.items.map((c) => [c.id, c]));
  state.people = [...new Set([...people.items, state.me])].sort();
}

async function follow() {
  const [, name = "", id = ""] = /^#\/([^/]*)\/?(.*)$/.exec(location.hash) ?? [];
  await goTo(decodeURIComponent(name), id);
}

async function become(name) {
  stopListening();
  state.me = name;
  if (!account) {
    remember(name);
  }
  for (const map of [state.messages, state.previous, state.mentions, state.channels]) {
    map.clear();
  }
  state.current = "";
  state.thread = "";
  byId("thread").hidden = true;
  byId("app").classList.remove("with-thread");
  drawn = new Map();
  byId("me").replaceChildren(avatar(name), el("span", { class: "me-words" },
    el("span", { class: "muted" }, "You are"), el("strong", {}, name)));
  byId("me").title = account ? "Your account" : "Switch person";
  try {
    await refresh();
  } catch (error) {
    toast(error.message);
  }
  beginReading();
  let first = true;
  stopListening = listen(name, {
    onMessage: heard,
    onChannel: channelChanged,
    onRenamed: channelRenamed,
    onDown: () => {
      banner("Connection lost. Reconnecting…");
      if (account) {
        signedIn();
      }
    },
    onUp: async () => {
      banner("");
      if (!first || state.channels.size === 0) {
        await refresh().catch((error) => toast(error.message));
        await follow();
      }
      first = false;
    },
  });
  await follow();
  byId("app").removeAttribute("aria-busy");
}

async function switchPerson() {
  if (account) {
    location.assign("/account");
    return;
  }
  const name = await choose(state.me, state.people);
  if (name && name !== state.me) {
    await become(name);
  }
}

async function begin() {
  byId("jump").append(icon("search"));
  byId("keys").append(icon("keys"));
  byId("menu").append(icon("menu"));
  byId("thread-close").append(icon("close"));
  byId("jump").addEventListener("click", jump);
  byId("keys").addEventListener("click", showKeys);
  byId("me").addEventListener("click", switchPerson);
  byId("menu").addEventListener("click", () => showSide(!byId("app").classList.contains("side-open")));
  byId("veil").addEventListener("click", () => showSide(false));
  byId("thread-close").addEventListener("click", closeThread);
  byId("newer").addEventListener("click", () => toEnd(log));
  log.addEventListener("scroll", () => {
    byId("newer").hidden = atEnd(log);
    seen();
  }, { passive: true });
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("hashchange", follow);
  dropInto(byId("main"), writer.add);
  dropInto(byId("thread"), threadWriter.add);
  account = await signedIn();
  if (account) {
    setInterval(() => document.visibilityState === "visible" && signedIn(), STILL_HERE_MS);
  }
  state.verbs = await verbs();
  let name = account || remembered();
  while (!name) {
    name = await choose("", await read("people").then((p) => p.items, () => []));
  }
  await become(name);
}

begin();
