// SPDX-License-Identifier: Apache-2.0
// Writes instants in the reader's own zone, with UTC beside it for those who compare.

import { el } from "./dom.js";

const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });
const DATE = new Intl.DateTimeFormat([], { day: "numeric", month: "short", year: "numeric" });

export const utc = (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

/** Returns the hour and minute. */
export function clock(iso) {
  return el("time", { datetime: iso, title: utc(iso), class: "num" }, CLOCK.format(new Date(iso)));
}

/** Returns hour and minute, with the date when it was another day. */
export function instant(iso) {
  const then = new Date(iso);
  const sameDay = then.toDateString() === new Date().toDateString();
  const text = sameDay ? CLOCK.format(then) : `${DATE.format(then)}, ${CLOCK.format(then)}`;
  return el("time", { datetime: iso, title: utc(iso), class: "num" }, text);
}

/** Returns a day's name: Today, Yesterday, or the date. */
export function dayName(iso) {
  const day = new Date(iso);
  const today = new Date();
  if (day.toDateString() === today.toDateString()) {
    return "Today";
  }
  today.setDate(today.getDate() - 1);
  return day.toDateString() === today.toDateString() ? "Yesterday" : DAY.format(day);
}

export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** Returns a file's size for people. */
export function size(bytes) {
  const units = ["bytes", "KiB", "MiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
