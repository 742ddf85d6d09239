-- SPDX-License-Identifier: Apache-2.0
-- What a repeat of an alert changes. A storm changes it all the time, and here a page holds some hundred of them, while
-- it holds a few of the alerts themselves. It stands instead of what the alert's own row says.
CREATE TABLE alert_repeat (
  alert INTEGER PRIMARY KEY,
  verdict TEXT NOT NULL,
  statements INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

-- From now on the last body of a source is noted, no longer that of each alert.
DELETE FROM alert_body;
