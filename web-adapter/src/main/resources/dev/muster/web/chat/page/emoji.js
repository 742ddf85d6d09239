// SPDX-License-Identifier: Apache-2.0
// Reactions go over the wire by name; this is how the names look.

const SIGNS = {
  pushpin: "📌", eyes: "👀", white_check_mark: "✅", "+1": "👍", "-1": "👎", heart: "❤️",
  thinking_face: "🤔", rocket: "🚀", fire: "🔥", warning: "⚠️", question: "❓", raised_hands: "🙌",
  hourglass: "⏳", bulb: "💡", mag: "🔍", wave: "👋",
};

/** The reactions offered, the highlighting one first. */
export const OFFERED = Object.keys(SIGNS);

export const sign = (name) => SIGNS[name] ?? `:${name}:`;

/** What a reaction means here, for its tooltip. */
export const meaning = (name) => (name === "pushpin" ? "pushpin: highlights in the timeline" : name);
