// SPDX-License-Identifier: Apache-2.0
// Cards of the bot: facts, paragraphs, buttons and forms.

import { confirmed, el, icon, speak, toast } from "./dom.js";
import { instant } from "./time.js";
import { state } from "./state.js";
import { Refused, send } from "./server.js";

const SEVERITY = /(?:[\u{1F534}\u{1F7E0}\u{1F7E1}\u{26AA}]\u{FE0F}?\s*)?\b(SEV([1-4]))\b/u;
const PIECES = new RegExp(
  [
    SEVERITY.source,
    String.raw`(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])`,
    String.raw`<@web:([a-z0-9._-]+)>`,
    String.raw`(?<![\w@.])@([a-z0-9._-]*[a-z0-9_-])`,
    String.raw`(?<![\w#&])#([a-z0-9][a-z0-9_-]*[a-z0-9])`,
    "`([^`\\n]+)`",
  ].join("|"),
  "gu",
);

/** Shows plain text with its links, people, channels and severities set apart. */
export function words(text) {
  const out = [];
  let end = 0;
  for (const found of text.matchAll(PIECES)) {
    out.push(text.slice(end, found.index));
    out.push(piece(found));
    end = found.index + found[0].length;
  }
  out.push(text.slice(end));
  return out.filter((part) => part !== "");
}

function piece([all, severity, number, url, token, name, channel, code]) {
  if (severity) {
    return el("span", { class: `sev sev-${number}` }, severity);
  }
  if (url) {
    return link(url, url);
  }
  if (token || name) {
    return mention(token ?? name);
  }
  if (channel) {
    return state.channels.has(channel) ? el("a", { href: `#/${channel}` }, all) : all;
  }
  return el("code", { class: "code" }, code);
}

const mention = (name) => el("span", { class: `mention${name === state.me ? " mention-me" : ""}` }, `@${name}`);

/** What is no address stays text; one that nobody can read must not keep a whole channel back. */
function originOf(url) {
  try {
    return new URL(url, location.href).origin;
  } catch {
    return null;
  }
}

function link(label, url) {
  const origin = originOf(url);
  if (origin === null) {
    return label;
  }
  const here = origin === location.origin;
  return el("a", here ? { href: url } : { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

function pieces(list) {
  return list.map(({ kind, text, target }) => {
    switch (kind) {
      case "strong": return el("strong", {}, text);
      case "code": return el("code", { class: "code" }, text);
      case "who": return mention(target);
      case "when": return instant(target);
      case "link": return link(text, target);
      case "room": return el("a", { href: `#/${target}` }, text);
      default: return words(text);
    }
  }).flat();
}

const TONES = {
  good: ["check", "Good"], warning: ["warning", "Needs attention"], urgent: ["urgent", "Act now"],
};

/** Draws the card of a message. */
export function card(message) {
  const { card: drawn, tone } = message;
  const box = el("div", { class: `card tone-${tone}` });
  if (TONES[tone] && (drawn.title || drawn.buttons.length > 0)) {
    box.append(el("p", { class: "tone-word" }, icon(TONES[tone][0], 14), TONES[tone][1]));
  }
  if (drawn.title) {
    box.append(el("h3", { class: "card-title" }, words(drawn.title)));
  }
  if (!drawn.form || message.text !== drawn.form.title) {
    const said = [drawn.title, ...drawn.sections.map((s) => s.text)];
    if (!said.includes(message.text) && drawn.sections.length === 0 && drawn.facts.length === 0) {
      box.append(el("p", { class: "text" }, words(message.text)));
    }
  }
  if (drawn.facts.length > 0) {
    box.append(el("dl", { class: "facts" }, drawn.facts.map((fact) =>
      el("div", {}, el("dt", {}, fact.name), el("dd", {}, value(fact))))));
  }
  for (const section of drawn.sections) {
    box.append(el("div", { class: `card-section style-${section.style}` },
      section.heading ? el("h3", {}, section.heading) : null,
      el("p", {}, section.style === "code" ? section.text : pieces(section.pieces))));
  }
  if (drawn.buttons.length > 0) {
    box.append(el("div", { class: "card-actions" }, drawn.buttons.map((b) => button(b))));
  }
  if (drawn.form) {
    box.append(form(drawn.form, box));
  }
  return box;
}

const STATUSES = ["investigating", "identified", "mitigated", "resolved", "closed"];

function value(fact) {
  const status = fact.value.trim().toLowerCase();
  return fact.name.toLowerCase() === "status" && STATUSES.includes(status)
    ? el("span", { class: `status status-${status}` }, fact.value)
    : pieces(fact.pieces);
}

function button(shown) {
  const style = { primary: " btn-primary", danger: " btn-danger" }[shown.style] ?? "";
  const pressed = el("button", { type: "button", class: `btn${style}`, "data-action": shown.action }, shown.label);
  pressed.addEventListener("click", () => press(pressed, shown));
  return pressed;
}

async function press(pressed, shown) {
  if (pressed.getAttribute("aria-busy") === "true") {
    return;
  }
  if (shown.confirm && !(await confirmed(shown.confirm, shown.style === "danger"))) {
    return;
  }
  pressed.setAttribute("aria-busy", "true");
  try {
    await send("POST", "presses", { user: state.me, token: shown.token });
    speak(`${shown.label}: sent`);
    setTimeout(() => pressed.removeAttribute("aria-busy"), 1200);
  } catch (error) {
    pressed.removeAttribute("aria-busy");
    toast(error.message);
  }
}

function form(shown, box) {
  const fields = shown.fields.map((field) => ({ field, ...input(field, shown.token) }));
  const submit = el("button", { class: "btn btn-primary", type: "submit" }, shown.submit);
  const drawn = el("form", { class: "form", novalidate: true, "aria-label": shown.title },
    el("h3", { class: "card-title" }, shown.title),
    fields.map((f) => f.row),
    shown.note ? el("p", { class: "muted small" }, shown.note) : null,
    el("div", { class: "card-actions" }, submit));
  drawn.addEventListener("submit", (event) => {
    event.preventDefault();
    submitForm(shown, fields, submit, { drawn, box });
  });
  drawn.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      drawn.requestSubmit();
    }
  });
  return drawn;
}

function input(field, token) {
  const id = `f-${token}-${field.name}`;
  const hintId = `${id}-hint`;
  const usual = {
    id, name: field.name, maxlength: field.maxLength > 0 ? field.maxLength : null,
    "aria-required": field.required ? "true" : null, "aria-describedby": hintId,
  };
  const error = el("p", { class: "field-error", id: hintId, role: "alert" });
  if (field.kind === "tick") {
    const control = el("input", { ...usual, maxlength: null, type: "checkbox", checked: field.initial === "true" });
    return {
      control, error, read: () => String(control.checked),
      row: el("div", { class: "field" },
        el("span", { class: "field-tick" }, control, el("label", { for: id }, field.label)), hint(field), error),
    };
  }
  const control = inputFor(field, usual);
  const people = field.kind === "person"
    ? el("datalist", { id: `${id}-people` }, state.people.map((p) => el("option", { value: `@${p}` }))) : null;
  return {
    control, error, read: () => person(field, control.value),
    row: el("div", { class: "field" },
      el("label", { for: id }, field.label, field.required ? null : el("span", { class: "muted" }, " (optional)")),
      control, people, hint(field), error),
  };
}

const hint = (field) => (field.hint && field.kind !== "line" && field.kind !== "text"
  ? el("p", { class: "field-hint" }, field.hint) : null);

const unneutral = (text) => text.replace(/<@web:([a-z0-9._-]+)>/g, "@$1");

function inputFor(field, usual) {
  const initial = unneutral(field.initial ?? "");
  if (field.kind === "choice") {
    const none = field.required ? null : el("option", { value: "" }, "–");
    return el("select", { ...usual, maxlength: null, value: initial }, none, field.options.map((o) =>
      el("option", { value: o.value, selected: o.value === initial }, o.label)));
  }
  if (field.kind === "text") {
    return el("textarea", { ...usual, rows: 4, placeholder: field.hint || null, value: initial });
  }
  const list = field.kind === "person" ? `${usual.id}-people` : null;
  return el("input", {
    ...usual, type: "text", list, placeholder: field.kind === "person" ? "@name" : field.hint || null,
    value: initial, autocomplete: "off",
  });
}

const person = (field, text) =>
  (field.kind === "person" && /^[a-z0-9._-]+$/i.test(text.trim()) ? `@${text.trim()}` : text);

async function submitForm(shown, fields, submit, { drawn, box }) {
  if (submit.disabled) {
    return;
  }
  const values = {};
  fields.forEach(({ field, read, control, error }) => {
    error.textContent = "";
    control.removeAttribute("aria-invalid");
    if (read() !== "") {
      values[field.name] = read();
    }
  });
  submit.disabled = true;
  try {
    const answer = await send("POST", "forms", { user: state.me, token: shown.token, values });
    if (answer.form) {
      drawn.replaceWith(form(answer.form, box));
    }
    if (answer.notice) {
      toast(answer.notice, "info");
    }
    speak(`${shown.title}: submitted`);
  } catch (error) {
    showErrors(error, fields);
  } finally {
    submit.disabled = false;
  }
}

function showErrors(problem, fields) {
  if (!(problem instanceof Refused) || !problem.fields) {
    toast(problem.message);
    return;
  }
  let first = null;
  const others = [];
  for (const [name, sentence] of Object.entries(problem.fields)) {
    const wrong = fields.find((f) => f.field.name === name);
    if (wrong) {
      wrong.error.textContent = sentence;
      wrong.control.setAttribute("aria-invalid", "true");
      first ??= wrong.control;
    } else {
      others.push(sentence);
    }
  }
  first?.focus();
  if (others.length > 0) {
    toast(others.join(" "));
  }
}
