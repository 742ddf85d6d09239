// SPDX-License-Identifier: Apache-2.0
// Talks to the program: calls that fail say why in a sentence, and one live stream that comes back.

const API = "/api/v1/chat/";
const SILENCE_MS = 45_000;
const PATIENCE_MS = 15_000;
const UPLOAD_PATIENCE_MS = 180_000;
const LONGEST_PAUSE_MS = 5_000;

/** A call that was turned down; its message is a sentence for people. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.message ?? `The program answered ${status}.`);
    this.status = status;
    this.code = body.error ?? "";
    this.fields = body.fields ?? null;
  }
}

async function answered(response) {
  const text = await response.text();
  let body = {};
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    body = {};
  }
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body;
}

async function call(path, options = {}, patience = PATIENCE_MS) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(patience), ...options });
  } catch {
    throw new Refused(0, { message: "Muster cannot be reached. Your text is kept; try again." });
  }
  return answered(response);
}

/** What every write carries while somebody is signed in; empty where nobody signs in. */
let formToken = "";

/** Returns the name of whoever is signed in; empty where nobody signs in. */
export async function signedIn() {
  try {
    const me = await call("/api/v1/me");
    formToken = me.csrf ?? "";
    return me.signedIn ? me.name : "";
  } catch (error) {
    if (error.status === 401) {
      location.assign(`/sign-in?${query({ to: location.pathname + location.search })}`);
    }
    return "";
  }
}

const proof = () => (formToken === "" ? {} : { "X-CSRF-Token": formToken });

const query = (parameters) => new URLSearchParams(parameters).toString();

export const read = (path, parameters = {}) => call(`${API}${path}${query(parameters) && `?${query(parameters)}`}`);

/** Sends a JSON body; with a key, sending it once more is harmless. */
export function send(method, path, body, key = "") {
  const headers = { "Content-Type": "application/json", ...proof(), ...(key && { "Idempotency-Key": key }) };
  return call(API + path, { method, headers, body: JSON.stringify(body) });
}

/** Gives the same content the same key until it is known to be stored. */
export function keys() {
  let unsent = { content: "", key: "" };
  return {
    of(content) {
      if (unsent.content !== content) {
        unsent = { content, key: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}` };
      }
      return unsent.key;
    },
    stored() {
      unsent = { content: "", key: "" };
    },
  };
}

export const upload = (form) => call(`${API}files`, { method: "POST", body: form, headers: proof() }, UPLOAD_PATIENCE_MS);

/** Returns the verbs of the command language; none when the program does not tell them. */
export async function verbs() {
  try {
    return (await call("/api/v1/commands")).items ?? [];
  } catch {
    return [];
  }
}

/**
 * Listens until stopped. After each break it connects again, and tells so, because what was said
 * meanwhile has to be read.
 */
export function listen(user, { onMessage, onChannel, onRenamed, onUp, onDown }) {
  let source = null;
  let pause = 500;
  let timer = 0;
  let watchdog = 0;
  let stopped = false;

  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(again, SILENCE_MS);
  };

  function again() {
    source?.close();
    clearTimeout(watchdog);
    clearTimeout(timer);
    if (stopped) {
      return;
    }
    onDown();
    timer = setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function connect() {
    source = new EventSource(`${API}stream?${query({ as: user })}`);
    source.addEventListener("hello", () => {
      pause = 500;
      alive();
      onUp();
    });
    source.addEventListener("ping", alive);
    source.addEventListener("message", (event) => {
      alive();
      if (typeof event.data === "string") {
        onMessage(JSON.parse(event.data));
      }
    });
    source.addEventListener("channel", (event) => {
      alive();
      onChannel(JSON.parse(event.data));
    });
    source.addEventListener("renamed", (event) => {
      alive();
      onRenamed(JSON.parse(event.data));
    });
    source.addEventListener("error", again);
    alive();
  }

  connect();
  return () => {
    stopped = true;
    again();
  };
}
