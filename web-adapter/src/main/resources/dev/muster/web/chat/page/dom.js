// SPDX-License-Identifier: Apache-2.0
// Builds elements. Text always becomes text nodes, so nothing anybody wrote is ever read as markup.

/** Makes an element: properties that begin with "on" are listeners, the others attributes. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "value" || name === "checked") {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const UNSEEN = /[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Leaves out what nobody sees: what turns the direction of the words behind it, and what hides between letters. */
export function plain(text) {
  return text.replace(UNSEEN, "");
}

const SHAPES = {
  search: ["M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z", "m20 20-4-4"],
  keys: ["M3 7h18v10H3z", "M7 11h.01M11 11h.01M15 11h.01M17.5 14H7"],
  menu: ["M4 7h16M4 12h16M4 17h16"],
  close: ["m6 6 12 12M18 6 6 18"],
  lock: ["M6 11h12v9H6z", "M9 11V8a3 3 0 0 1 6 0v3"],
  box: ["M4 5h16v4H4z", "M6 9v10h12V9", "M10 13h4"],
  reply: ["M5 5h14v10H11l-4 4v-4H5z"],
  smile: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M8.5 14.5a4.5 4.5 0 0 0 7 0", "M9 10h.01M15 10h.01"],
  edit: ["M4 20h4L19 9l-4-4L4 16z"],
  trash: ["M5 7h14", "M9 7V4h6v3", "M7 7l1 13h8l1-13"],
  link: ["M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1", "M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"],
  clip: ["m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L14.5 7.5"],
  send: ["M4 12 20 4l-5 16-3.5-6.5z"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z", "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z"],
  pin: ["M9 4h6l-1 6 3 3H7l3-3z", "M12 13v7"],
  file: ["M7 3h7l4 4v14H7z", "M14 3v4h4"],
  warning: ["M12 4 21 20H3z", "M12 10v4M12 17h.01"],
  urgent: ["M8 3h8l5 5v8l-5 5H8l-5-5V8z", "M12 8v5M12 16h.01"],
  check: ["m5 13 4 4L19 7"],
  people: ["M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z", "M3 20a6 6 0 0 1 12 0", "M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6 6 0 0 1 3 5.5"],
};

/** Makes a line drawing that stands beside words or inside a labelled button. */
export function icon(name, size = 18) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round",
    "aria-hidden": "true", class: "icon",
  })) {
    svg.setAttribute(key, value);
  }
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}

/** Makes a button that shows an icon and says its label. */
export function iconButton(name, label, press, more = "") {
  return el("button", {
    type: "button", class: `btn btn-quiet btn-icon ${more}`.trim(), title: label, "aria-label": label,
    onclick: press,
  }, icon(name));
}

/** Returns the element with that id. */
export const byId = (id) => document.getElementById(id);

/** Says a sentence to screen readers without showing it. */
export function speak(sentence) {
  byId("spoken").textContent = sentence;
}

/** Shows a sentence for a while; errors stay longer. */
export function toast(sentence, kind = "danger") {
  const note = el("div", { class: `toast toast-${kind}` }, el("span", {}, sentence));
  const remove = () => note.remove();
  note.append(iconButton("close", "Dismiss", remove, "btn-small"));
  byId("toasts").append(note);
  setTimeout(remove, kind === "danger" ? 9000 : 4500);
}

/** Opens a modal dialog and removes it once it closes; resolves to its return value. */
export function dialog(label, content, more = "") {
  return new Promise((resolve) => {
    const box = el("dialog", { class: `dialog ${more}`.trim(), "aria-label": label }, content);
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue);
    });
    box.addEventListener("click", (event) => {
      if (event.target === box) {
        box.close("");
      }
    });
    document.body.append(box);
    box.showModal();
  });
}

/** Asks a question before something counts; resolves to whether the answer was yes. */
export async function confirmed({ title, text, yes }, danger = false) {
  const form = el("form", { method: "dialog", class: "dialog-body" },
    el("h2", {}, title),
    el("p", { class: "dialog-text" }, text),
    el("div", { class: "dialog-actions" },
      el("button", { class: "btn", value: "", autofocus: danger }, "Cancel"),
      el("button", { class: `btn ${danger ? "btn-danger" : "btn-primary"}`, value: "yes", autofocus: !danger }, yes)));
  return (await dialog(title, form)) === "yes";
}

const HUES = 8;

/** Makes a person's initials on a colour of their own. */
export function avatar(name, bot = false, small = false) {
  const size = small ? " avatar-small" : "";
  if (bot) {
    const edge = small ? 22 : 36;
    return el("img", { class: `avatar${size}`, src: "/chat/icon.svg", alt: "", width: edge, height: edge });
  }
  let sum = 0;
  for (const letter of name) {
    sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  }
  return el("span", { class: `avatar${size} hue-${sum % HUES}`, "aria-hidden": "true" },
    name.slice(0, small ? 1 : 2).toUpperCase());
}
