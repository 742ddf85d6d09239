-- SPDX-License-Identifier: Apache-2.0
-- Alerts that are posted as messages, and what makes two statements by two roads be one alert.

-- A key under which an alert is stated as well; the alert keeps the key it came with first.
CREATE TABLE alert_alias (
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  alert TEXT NOT NULL,
  PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;

-- Names and addresses by which an alert may be known again; by_message is 1 for what messages say.
CREATE TABLE alert_trace (
  trace TEXT NOT NULL,
  by_message INTEGER NOT NULL,
  alert INTEGER NOT NULL,
  PRIMARY KEY (trace, by_message, alert)
) STRICT, WITHOUT ROWID;

-- Messages that state an alert, and the answers below them.
CREATE TABLE alert_posting (
  number INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  channel TEXT NOT NULL,
  message TEXT NOT NULL,
  alert TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (platform, channel, message)
) STRICT;
CREATE INDEX alert_posting_of ON alert_posting (alert, number);

-- What somebody decided about an alert under such a message; the newest decision.
CREATE TABLE alert_choice (
  alert TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
