// SPDX-License-Identifier: Apache-2.0
// One message: its author, words, card, files, reactions, and what can be done with it.

import { avatar, byId, confirmed, dialog, el, icon, iconButton, plain, speak, toast } from "./dom.js";
import { card, words } from "./card.js";
import { clock, size, utc } from "./time.js";
import { meaning, OFFERED, sign } from "./emoji.js";
import { dismiss, state, threadOf } from "./state.js";
import { keys, send } from "./server.js";

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** Cards already drawn, by message: a form somebody types in survives a change around it. */
const drawnCards = new Map();

/**
 * Draws a message.
 *
 * `follows` leaves out the author, `inThread` the way into the thread; `actions` has `reply` and
 * `open`.
 */
export function message(shown, { follows, inThread, actions }) {
  const own = shown.author === state.me && !shown.bot;
  const secret = shown.visibleTo !== null;
  const row = el("article", {
    class: ["msg", follows ? "follows" : "", secret ? "secret" : "", mentionsMe(shown) ? "for-me" : ""].join(" ").trim(),
    id: `${inThread ? "t" : "c"}-${shown.id}`, "data-id": shown.id, tabindex: "-1",
    "aria-label": `${author(shown)}, ${utc(shown.at)}`,
  });
  row.append(follows
    ? el("span", { class: "msg-time" }, clock(shown.at))
    : avatar(shown.author, shown.bot));
  row.append(el("div", { class: "msg-body" },
    follows ? null : head(shown),
    secret ? onlyYou(shown, actions) : null,
    content(shown, inThread),
    files(shown),
    reactions(shown),
    inThread ? null : repliesTo(shown, actions)));
  if (!shown.deleted) {
    row.append(tools(shown, own, secret, inThread, actions));
  }
  return row;
}

const author = (shown) => (shown.bot ? "Muster" : shown.author);

const mentionsMe = (shown) => shown.mentions.includes(state.me) && shown.author !== state.me;

function head(shown) {
  return el("header", { class: "msg-head" },
    el("strong", {}, author(shown)),
    shown.bot ? el("span", { class: "bot-word" }, "bot") : null,
    el("span", { class: "msg-at" }, clock(shown.at)),
    shown.pinned ? el("span", { class: "pinned" }, icon("pin", 13), "pinned") : null);
}

function onlyYou(shown, actions) {
  return el("p", { class: "only-you" }, icon("eye", 14), "Only you can see this", " · ",
    el("button", { type: "button", class: "as-link", onclick: () => {
      dismiss(shown.id);
      actions.changed();
    } }, "Dismiss"));
}

function content(shown, inThread) {
  if (shown.deleted) {
    return el("p", { class: "text gone" }, "This message was deleted.");
  }
  if (shown.card) {
    return drawnCard(shown, inThread);
  }
  const command = shown.visibleTo !== null && shown.text.startsWith("/incident");
  return el("p", { class: `text${command ? " command" : ""}` },
    command ? plain(shown.text) : words(plain(shown.text)),
    shown.editedAt ? el("span", { class: "edited", title: `edited ${utc(shown.editedAt)}` }, " (edited)") : null);
}

function drawnCard(shown, inThread) {
  const place = `${inThread ? "t" : "c"}-${shown.id}`;
  const content = JSON.stringify([shown.card, shown.text, shown.tone]);
  const before = drawnCards.get(place);
  if (before?.content === content) {
    return before.node;
  }
  const node = card(shown);
  drawnCards.set(place, { content, node });
  return node;
}

function files(shown) {
  if (shown.files.length === 0) {
    return null;
  }
  return el("div", { class: "files" }, shown.files.map((file) => {
    const url = `${file.url}?as=${encodeURIComponent(state.me)}`;
    if (PICTURES.includes(file.mediaType)) {
      return el("a", { class: "picture", href: url, target: "_blank", rel: "noopener", title: file.name },
        el("img", { src: url, alt: file.name, loading: "lazy" }));
    }
    return el("a", { class: "file", href: url, download: file.name },
      icon("file", 22), el("span", {}, el("strong", {}, file.name), el("small", {}, size(file.size))));
  }));
}

function reactions(shown) {
  if (shown.reactions.length === 0) {
    return null;
  }
  return el("div", { class: "reactions" }, shown.reactions.map(({ name, users }) => {
    const mine = users.includes(state.me);
    return el("button", {
      type: "button", class: `reaction${mine ? " mine" : ""}`, "aria-pressed": String(mine),
      title: `${users.join(", ")} · ${meaning(name)}`, "aria-label": `${meaning(name)}, ${users.length}, by ${users.join(", ")}`,
      onclick: () => react(shown, name, !mine),
    }, el("span", { class: "sign" }, sign(name)), el("span", { class: "num" }, String(users.length)));
  }));
}

const key = keys();

/** Changes a message; the same change tried again after a lost answer happens once. */
async function change(method, path, body) {
  await send(method, path, body, key.of(JSON.stringify([method, path, body])));
  key.stored();
}

async function react(shown, name, there) {
  try {
    await change(there ? "POST" : "DELETE", `messages/${shown.id}/reactions`, { user: state.me, name });
  } catch (error) {
    toast(error.message);
  }
}

function repliesTo(shown, actions) {
  const replies = threadOf(shown.channel, shown.id).slice(1);
  if (replies.length === 0) {
    return null;
  }
  const people = [...new Set(replies.map((r) => r.author))].slice(0, 4);
  return el("button", { type: "button", class: "replies", onclick: () => actions.reply(shown) },
    people.map((name) => avatar(name, name === "muster", true)),
    el("span", { class: "replies-count" }, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    el("span", { class: "muted" }, "last at ", clock(replies[replies.length - 1].at)));
}

function tools(shown, own, secret, inThread, actions) {
  if (secret) {
    return el("span", { hidden: true });
  }
  const can = el("div", { class: "tools", role: "group", "aria-label": "Actions for this message" },
    iconButton("smile", "React", () => pickReaction(shown), "btn-small"));
  if (!inThread) {
    can.append(iconButton("reply", "Reply in a thread (R)", () => actions.reply(shown), "btn-small"));
  }
  can.append(iconButton("link", "Copy the link", () => copyLink(shown), "btn-small"));
  if (own) {
    can.append(iconButton("edit", "Edit (E)", () => edit(shown, inThread), "btn-small"));
    can.append(iconButton("trash", "Delete", () => remove(shown), "btn-small"));
  }
  return can;
}

async function pickReaction(shown) {
  const form = el("form", { method: "dialog", class: "dialog-body" },
    el("h2", {}, "React"),
    el("div", { class: "signs" }, OFFERED.map((name) =>
      el("button", { class: "sign-pick", value: name, title: meaning(name), "aria-label": meaning(name) }, sign(name)))));
  const name = await dialog("React", form, "dialog-small");
  if (name) {
    await react(shown, name, true);
  }
}

async function copyLink(shown) {
  const channel = state.channels.get(shown.channel);
  const url = `${location.origin}/chat#/${channel?.name ?? shown.channel}/${shown.id}`;
  try {
    await navigator.clipboard.writeText(url);
    toast("The link is copied.", "info");
  } catch {
    toast(url, "info");
  }
}

/** Replaces the words of a message of one's own by a box to change them. */
export function edit(shown, inThread) {
  const row = byId(`${inThread ? "t" : "c"}-${shown.id}`);
  const text = row?.querySelector(".text");
  if (!text || row.querySelector(".edit")) {
    return;
  }
  const box = el("textarea", { class: "edit", "aria-label": "Edit the message", rows: 2, value: shown.text });
  const back = () => {
    form.replaceWith(text);
    row.focus();
  };
  const form = el("form", { class: "edit-form" }, box,
    el("div", { class: "card-actions" },
      el("button", { class: "btn btn-primary btn-small", type: "submit" }, "Save"),
      el("button", { class: "btn btn-small", type: "button", onclick: back }, "Cancel")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (box.value.trim() === "" || box.value === shown.text) {
      back();
      return;
    }
    try {
      await change("PATCH", `messages/${shown.id}`, { user: state.me, text: box.value });
      back();
      speak("Message edited");
    } catch (error) {
      toast(error.message);
    }
  });
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      back();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  text.replaceWith(form);
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

async function remove(shown) {
  const question = {
    title: "Delete this message?",
    text: "It disappears for everybody here. An incident's timeline keeps that it was said.",
    yes: "Delete",
  };
  if (!(await confirmed(question, true))) {
    return;
  }
  try {
    await change("DELETE", `messages/${shown.id}`, { user: state.me });
    speak("Message deleted");
  } catch (error) {
    toast(error.message);
  }
}
