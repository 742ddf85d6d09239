// SPDX-License-Identifier: Apache-2.0
// What the page knows. Nothing here draws; whoever changes something tells main.js.

export const state = {
  me: "",
  people: [],
  verbs: [],
  channels: new Map(),
  messages: new Map(),
  previous: new Map(),
  current: "",
  thread: "",
  mentions: new Map(),
};

const byName = (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true });

/** Returns the channels in the groups of the list. */
export function groups() {
  const all = [...state.channels.values()].sort(byName);
  const incidents = all.filter((c) => c.name.startsWith("inc-")).reverse();
  return [
    { title: "Channels", items: all.filter((c) => !c.name.startsWith("inc-") && !c.archived) },
    { title: "Incidents", items: incidents.filter((c) => !c.archived) },
    { title: "Archived", items: all.filter((c) => c.archived), folded: true },
  ].filter((group) => group.items.length > 0);
}

/** Finds a channel by the name in the address, old names not included. */
export const channelNamed = (name) =>
  [...state.channels.values()].find((c) => c.name === name || c.id === name);

/** Keeps a message; returns what it was before. */
export function keep(message) {
  if (!state.messages.has(message.channel)) {
    state.messages.set(message.channel, new Map());
  }
  const all = state.messages.get(message.channel);
  const before = all.get(message.id);
  all.set(message.id, message);
  const channel = state.channels.get(message.channel);
  const news = (message.visibleTo === null || message.bot) && !message.deleted;
  if (channel && news && message.id > (channel.newest ?? "")) {
    channel.newest = message.id;
  }
  return before;
}

const DISMISSED = "muster.dismissed";
const dismissed = new Set((sessionStorage.getItem(DISMISSED) ?? "").split(" ").filter(Boolean));

/** Puts a private answer away in this tab. */
export function dismiss(id) {
  dismissed.add(id);
  sessionStorage.setItem(DISMISSED, [...dismissed].slice(-500).join(" "));
}

/** Whether a message is shown at all: what was private and is gone leaves nothing. */
const shown = (m) => !dismissed.has(m.id) && !(m.deleted && (m.visibleTo !== null || m.bot));

const sorted = (messages) => messages.filter(shown).sort((a, b) => (a.id < b.id ? -1 : 1));

/** Returns the messages of a channel outside its threads, oldest first. */
export const roots = (channel) =>
  sorted([...(state.messages.get(channel)?.values() ?? [])].filter((m) => m.thread === null));

/** Returns the messages of a thread, its root first. */
export const threadOf = (channel, root) =>
  sorted([...(state.messages.get(channel)?.values() ?? [])].filter((m) => m.id === root || m.thread === root));

export const messageIn = (channel, id) => state.messages.get(channel)?.get(id);

/** Returns the newest of the given person's own messages that can still be changed. */
export const lastOwn = (channel, thread) =>
  sorted([...(state.messages.get(channel)?.values() ?? [])])
    .filter((m) => m.author === state.me && !m.bot && !m.deleted && m.visibleTo === null && m.thread === (thread || null))
    .pop();

const key = () => `muster.read.${state.me}`;

function marks() {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? "null");
  } catch {
    return null;
  }
}

/** Counts everything there is as read for somebody who is here for the first time. */
export function beginReading() {
  if (marks() === null) {
    const now = {};
    state.channels.forEach((c) => (now[c.id] = c.newest ?? ""));
    localStorage.setItem(key(), JSON.stringify(now));
  }
}

export const readUpTo = (channel) => marks()?.[channel] ?? "";

export function markRead(channel) {
  const newest = state.channels.get(channel)?.newest ?? "";
  state.mentions.delete(channel);
  if (newest > readUpTo(channel)) {
    localStorage.setItem(key(), JSON.stringify({ ...marks(), [channel]: newest }));
  }
}

export const unread = (channel) => (channel.newest ?? "") > readUpTo(channel.id);
