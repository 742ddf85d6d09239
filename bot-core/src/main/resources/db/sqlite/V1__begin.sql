-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since 1970-01-01 UTC. Columns named body, details, arguments, values hold JSON.

-- Deliveries, stored before they are acknowledged. state: 0 waiting, 1 handled, 2 set aside.
CREATE TABLE inbox (
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  delivery_key TEXT NOT NULL,
  raw BLOB NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT,
  answer TEXT,
  UNIQUE (source, delivery_key)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (state) WHERE state = 0;
CREATE INDEX inbox_handled ON inbox (received_at) WHERE state = 1;

-- Facts. What people wrote is in timeline_words, so that it can be erased; this table never changes.
CREATE TABLE timeline (
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  actor_type TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  commitment BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX timeline_about ON timeline (stream, kind, ref, seq);

CREATE TABLE timeline_words (
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  salt BLOB NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER timeline_keeps BEFORE UPDATE ON timeline
BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER timeline_stays BEFORE DELETE ON timeline
BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER timeline_words_keep BEFORE UPDATE ON timeline_words
BEGIN SELECT RAISE(ABORT, 'words on the timeline can be erased, never changed'); END;

-- Signed heads of chains, numbered over all streams.
CREATE TABLE chain_checkpoint (
  number INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE INDEX chain_checkpoint_head ON chain_checkpoint (stream, seq);
CREATE TRIGGER chain_checkpoint_keeps BEFORE UPDATE ON chain_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER chain_checkpoint_stays BEFORE DELETE ON chain_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;

-- The search index, written behind the facts; everything here can be built again.
CREATE TABLE search_place (
  number INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  UNIQUE (stream, seq)
) STRICT;
CREATE VIRTUAL TABLE search_words USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61'
);
CREATE TABLE search_mark (
  stream INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;

-- Incidents as they are now. folded is the title in lower case.
CREATE TABLE incident (
  number INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  severity TEXT NOT NULL,
  private INTEGER NOT NULL,
  folded TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX incident_unclosed ON incident (number) WHERE status <> 'CLOSED';
CREATE INDEX incident_private ON incident (number) WHERE private = 1;
CREATE TABLE incident_space (
  platform TEXT NOT NULL,
  channel TEXT NOT NULL,
  incident INTEGER NOT NULL REFERENCES incident (number),
  PRIMARY KEY (platform, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_space_of ON incident_space (incident);
CREATE TABLE incident_member (
  incident INTEGER NOT NULL REFERENCES incident (number),
  platform TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (incident, platform, person)
) STRICT, WITHOUT ROWID;

-- Alerts, one row per key.
CREATE TABLE alert (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  firing INTEGER NOT NULL,
  incident INTEGER,
  group_key TEXT NOT NULL,
  verdict TEXT NOT NULL,
  statements INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  snoozed_until INTEGER,
  body TEXT NOT NULL,
  UNIQUE (source, fingerprint)
) STRICT;
CREATE INDEX alert_firing ON alert (number) WHERE firing = 1;
CREATE INDEX alert_of_incident ON alert (incident, number) WHERE incident IS NOT NULL;
CREATE INDEX alert_of_group ON alert (group_key, incident) WHERE incident IS NOT NULL;
-- Every incident an alert ever belonged to; alert.incident is the newest one.
CREATE TABLE alert_incident (
  incident INTEGER NOT NULL,
  alert INTEGER NOT NULL,
  PRIMARY KEY (incident, alert)
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_declaration (
  source TEXT NOT NULL,
  group_key TEXT NOT NULL,
  incident INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_declaration_since ON alert_declaration (source, at);
CREATE INDEX alert_declaration_group ON alert_declaration (group_key, incident);
CREATE TABLE alert_body (
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;

-- Durable orders. state: 0 pending, 1 sending, 2 unknown; finished: 3 done, 4 failed, 5 superseded.
-- place is the order of writing; a newer message takes the place of the one it supersedes.
-- first_in_lane is 1 on the unfinished order with the lowest place in its lane, and nowhere else.
CREATE TABLE effect (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  place INTEGER NOT NULL,
  lane TEXT NOT NULL,
  after_lane TEXT NOT NULL,
  priority INTEGER NOT NULL,
  incident INTEGER,
  shows TEXT,
  state INTEGER NOT NULL,
  first_in_lane INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  first_tried_at INTEGER,
  due_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  result TEXT
) STRICT;
CREATE INDEX effect_in_lane ON effect (lane, place) WHERE state < 3;
CREATE INDEX effect_next ON effect (priority, place) WHERE first_in_lane = 1;
CREATE INDEX effect_due ON effect (due_at) WHERE first_in_lane = 1;
CREATE INDEX effect_shows ON effect (shows) WHERE state < 3 AND shows IS NOT NULL;
CREATE INDEX effect_of_incident ON effect (incident, place) WHERE state < 3;

CREATE TABLE timer (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  incident INTEGER,
  due_at INTEGER NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due_at);
CREATE INDEX timer_of_incident ON timer (incident) WHERE incident IS NOT NULL;

-- What buttons and forms mean.
CREATE TABLE action (
  token TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  incident INTEGER,
  arguments TEXT NOT NULL,
  usable TEXT NOT NULL,
  slot TEXT NOT NULL,
  revision INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  used_platform TEXT,
  used_by TEXT,
  used_at INTEGER
) STRICT;
CREATE INDEX action_of_slot ON action (slot) WHERE retired = 0 AND slot <> '';
CREATE TABLE action_use (
  token TEXT NOT NULL,
  platform TEXT NOT NULL,
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (token, platform, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  platform TEXT NOT NULL,
  id TEXT NOT NULL,
  folded_id TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  body TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_name ON person (platform, folded_name);
CREATE INDEX person_by_id ON person (platform, folded_id);

CREATE TABLE message_slot (
  target TEXT NOT NULL,
  slot TEXT NOT NULL,
  platform TEXT NOT NULL,
  channel TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (target, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE aggregate (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  incident INTEGER NOT NULL,
  open INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX aggregate_of ON aggregate (incident, kind, number);

CREATE TABLE note (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Records of adapters; keys are kept as UTF-8 bytes, so that they are ordered by them.
CREATE TABLE memory (
  platform TEXT NOT NULL,
  name BLOB NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (platform, name)
) STRICT, WITHOUT ROWID;
