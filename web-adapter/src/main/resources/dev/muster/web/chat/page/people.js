// SPDX-License-Identifier: Apache-2.0
// Who this tab is. Each tab remembers its own person, so two tabs can be two people.

import { avatar, dialog, el } from "./dom.js";

const KEY = "muster.me";
const NAME = /^[a-z0-9._-]{1,64}$/;
const SUGGESTED = ["ada", "li", "sam"];

/** Returns who the address or the tab's memory says this tab is; empty when neither does. */
export function remembered() {
  const asked = new URLSearchParams(location.search).get("as") ?? "";
  const known = NAME.test(asked) ? asked : sessionStorage.getItem(KEY) ?? "";
  return NAME.test(known) ? known : "";
}

/** Remembers who this tab is, in the tab and in its address. */
export function remember(name) {
  sessionStorage.setItem(KEY, name);
  const address = new URL(location.href);
  address.searchParams.set("as", name);
  history.replaceState(null, "", address);
}

/** Asks who this tab is; resolves to a name, or to the present one when the question is closed. */
export async function choose(present, people) {
  const names = [...new Set([...people, ...SUGGESTED])].filter((name) => name !== "muster").slice(0, 12);
  const error = el("p", { class: "field-error", id: "name-error", role: "alert" });
  const input = el("input", {
    id: "name", name: "name", maxlength: 64, placeholder: "for example kim", autocapitalize: "off",
    spellcheck: "false", autocomplete: "off", "aria-describedby": "name-error",
  });
  const use = el("button", { class: "btn btn-primary", value: "typed" }, "Use it");
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(use);
    }
  });
  const form = el("form", { method: "dialog", class: "dialog-body" },
    el("h2", {}, present ? "Switch person" : "Who are you?"),
    el("p", { class: "muted small" }, "This tab acts under the name you pick. Open another tab to be somebody else."),
    el("div", { class: "people" }, names.map((name) =>
      el("button", { class: "person", value: name, formnovalidate: true, "aria-current": name === present ? "true" : null },
        avatar(name), el("span", {}, name)))),
    el("div", { class: "field" },
      el("label", { for: "name" }, "Another name"),
      el("div", { class: "row" }, input, use),
      error));
  form.addEventListener("submit", (event) => {
    const name = input.value.trim().toLowerCase();
    if (event.submitter?.value !== "typed") {
      return;
    }
    if (!NAME.test(name) || name === "muster") {
      event.preventDefault();
      error.textContent = "Use small letters, digits, dots, dashes or underscores, for example kim.";
      input.setAttribute("aria-invalid", "true");
    } else {
      event.submitter.value = name;
    }
  });
  const answer = await dialog("Who are you?", form);
  return NAME.test(answer) ? answer : present;
}
