// SPDX-License-Identifier: Apache-2.0
// The box in which people write: completes commands, people and channels, and takes files.

import { byId, el, icon, iconButton, speak, toast } from "./dom.js";
import { groups, lastOwn, state } from "./state.js";
import { size } from "./time.js";
import { keys, send, upload } from "./server.js";
import { edit } from "./message.js";

const LARGEST_BYTES = 25 * 1024 * 1024;
const LONGEST_TEXT = 40_000;
const MOST_SHOWN = 40;

/**
 * Fills a composer. `place` returns where it writes: `{ channel, thread }`; `sent` is told when
 * something was sent.
 */
export function composer(form, { place, sent, label }) {
  const inThread = form.id.startsWith("thread");
  const listId = `${form.id}-list`;
  const text = el("textarea", {
    id: `${form.id}-text`, rows: 1, maxlength: LONGEST_TEXT, "aria-label": label, role: "combobox",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, spellcheck: "true",
  });
  const list = el("ul", { class: "complete", id: listId, role: "listbox", "aria-label": "Completions", hidden: true });
  const usage = el("p", { class: "usage", hidden: true });
  const picked = el("div", { class: "picked", hidden: true });
  const chooser = el("input", { type: "file", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true" });
  const go = el("button", { type: "submit", class: "btn btn-primary btn-icon", title: "Send (Enter)", "aria-label": "Send" }, icon("send"));
  const drafts = new Map();
  const closed = el("p", { class: "closed muted", hidden: true }, "This channel is archived. It can be read, not written.");
  let files = [];
  let options = [];
  let chosen = 0;
  let moved = false;
  let sending = false;
  let where = "";
  const key = keys();

  form.replaceChildren(list, usage, el("div", { class: "composer-box" }, picked, text,
    el("div", { class: "composer-tools" },
      iconButton("clip", "Attach files", () => chooser.click()), chooser, go)), closed);

  const grow = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 220)}px`;
    go.disabled = sending || (text.value.trim() === "" && files.length === 0);
  };

  function show(found) {
    options = found.slice(0, MOST_SHOWN);
    chosen = 0;
    moved = false;
    list.hidden = options.length === 0;
    text.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...options.map((option, i) => el("li", {
      id: `${listId}-${i}`, role: "option", onmousedown: (event) => {
        event.preventDefault();
        take(option);
      },
    }, el("strong", {}, option.show), el("span", { class: "muted" }, option.help))));
    point();
  }

  function point() {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    if (list.hidden) {
      text.removeAttribute("aria-activedescendant");
    } else {
      text.setAttribute("aria-activedescendant", `${listId}-${chosen}`);
    }
  }

  function take(option) {
    const end = text.selectionStart;
    text.value = `${text.value.slice(0, option.from)}${option.insert} ${text.value.slice(end).trimStart()}`;
    const caret = option.from + option.insert.length + 1;
    text.setSelectionRange(caret, caret);
    typed();
  }

  function typed() {
    const before = text.value.slice(0, text.selectionStart);
    show(completions(before));
    const used = /^\/incident\s+(\S+)(\s|$)/.exec(text.value);
    const verb = used && state.verbs.find((v) => v.verb === used[1]);
    usage.hidden = !verb || !list.hidden;
    usage.replaceChildren(...(verb ? [el("code", { class: "code" }, verb.usage.startsWith("/") ? verb.usage : `/incident ${verb.usage}`), ` ${verb.help}`] : []));
    grow();
  }

  function addFiles(more) {
    for (const file of more) {
      if (file.size > LARGEST_BYTES) {
        toast(`${file.name} is larger than 25 MiB.`);
      } else {
        files.push(file);
      }
    }
    drawFiles();
  }

  function drawFiles() {
    picked.hidden = files.length === 0;
    picked.replaceChildren(...files.map((file) => el("span", { class: "chip" }, file.name,
      el("span", { class: "muted" }, size(file.size)),
      iconButton("close", `Leave out ${file.name}`, () => {
        files = files.filter((f) => f !== file);
        drawFiles();
      }, "btn-small"))));
    grow();
  }

  async function submit() {
    const { channel, thread } = place();
    const said = text.value.trim();
    if (sending || !channel || (said === "" && files.length === 0)) {
      return;
    }
    sending = true;
    grow();
    try {
      if (files.length > 0) {
        await upload(uploadOf({ channel, thread, said, files }));
      } else {
        const body = { user: state.me, channel, text: said, thread: thread || null };
        await send("POST", "messages", body, key.of(JSON.stringify(body)));
      }
      key.stored();
      text.value = "";
      files = [];
      drawFiles();
      sent();
    } catch (error) {
      toast(error.message);
    } finally {
      sending = false;
      typed();
      if ([document.body, go].includes(document.activeElement)) {
        text.focus();
      }
    }
  }

  text.addEventListener("input", typed);
  text.addEventListener("blur", () => show([]));
  text.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0) {
      event.preventDefault();
      addFiles(event.clipboardData.files);
    }
  });
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      return;
    }
    if (!list.hidden && listKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && text.value === "") {
      const { channel, thread } = place();
      const last = lastOwn(channel, thread);
      if (last) {
        event.preventDefault();
        edit(last, inThread);
      }
    }
  });

  function listKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      moved = true;
      chosen = (chosen + step + options.length) % options.length;
      point();
      return true;
    }
    if (event.key === "Escape") {
      show([]);
      return true;
    }
    if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && (moved || !options[chosen].whole))) {
      take(options[chosen]);
      return true;
    }
    return false;
  }

  chooser.addEventListener("change", () => {
    addFiles(chooser.files);
    chooser.value = "";
    text.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  return {
    focus: () => text.focus(),
    isIdle: () => (sending || text.value === "") && [text, document.body, null].includes(document.activeElement),
    add: (more) => {
      addFiles(more);
      speak("Files attached");
    },
    begin: (words) => {
      text.value = words;
      text.focus();
      typed();
    },
    /** Goes to another place; what was typed here waits until one comes back. */
    moved: (placeholder, archived) => {
      const { channel, thread } = place();
      drafts.set(where, text.value);
      where = `${channel}/${thread}`;
      text.value = drafts.get(where) ?? "";
      text.placeholder = placeholder;
      closed.hidden = !archived;
      form.querySelector(".composer-box").hidden = archived;
      show([]);
      usage.hidden = true;
      grow();
    },
  };
}

function uploadOf({ channel, thread, said, files }) {
  const body = new FormData();
  body.append("user", state.me);
  body.append("channel", channel);
  if (thread) {
    body.append("thread", thread);
  }
  if (said !== "") {
    body.append("text", said);
  }
  files.forEach((file) => body.append("file", file, file.name));
  return body;
}

/** Returns what the words before the caret could become. */
function completions(before) {
  const slash = /^\/([a-z]*)$/.exec(before);
  if (slash && "incident".startsWith(slash[1])) {
    return [{ show: "/incident", help: "Declare, run and close incidents", insert: "/incident", from: 0, whole: slash[1] === "incident" }];
  }
  const verb = /^\/incident\s+(\S*)$/.exec(before);
  if (verb) {
    return state.verbs
      .filter((v) => v.verb.startsWith(verb[1].toLowerCase()))
      .map((v) => ({
        show: v.verb, help: v.help, insert: v.verb, from: before.length - verb[1].length,
        whole: verb[1] === "" || v.verb === verb[1],
      }));
  }
  const at = /(?:^|\s)@([a-z0-9._-]*)$/i.exec(before);
  if (at) {
    return state.people
      .filter((p) => p.startsWith(at[1].toLowerCase()))
      .map((p) => ({ show: `@${p}`, help: "", insert: `@${p}`, from: before.length - at[1].length - 1, whole: p === at[1] }));
  }
  const hash = /(?:^|\s)#([a-z0-9_-]*)$/i.exec(before);
  if (hash) {
    return groups().flatMap((g) => g.items)
      .filter((c) => c.name.includes(hash[1].toLowerCase()))
      .map((c) => ({ show: `#${c.name}`, help: c.topic, insert: `#${c.name}`, from: before.length - hash[1].length - 1, whole: c.name === hash[1] }));
  }
  return [];
}

/** Lets files be dropped anywhere on an element. */
export function dropInto(element, add) {
  let depth = 0;
  const over = (there) => {
    depth = Math.max(0, depth + there);
    element.classList.toggle("dropping", depth > 0);
  };
  element.addEventListener("dragenter", (event) => {
    event.preventDefault();
    over(1);
  });
  element.addEventListener("dragleave", () => over(-1));
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(0);
    if (event.dataTransfer.files.length > 0) {
      add(event.dataTransfer.files);
    }
  });
}

export const isTyping = () =>
  ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement?.tagName) || byId("app").inert;
