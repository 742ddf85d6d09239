-- SPDX-License-Identifier: Apache-2.0
-- What is listed is found by an index, however much there is beside it. The tests of query plans name each of these.

-- Facts of one kind in their order. Messages are left out: they are most of what there is, so the facts themselves
-- are walked for them, and appending one costs nothing here.
CREATE INDEX timeline_kind ON timeline (stream, kind, seq) WHERE kind <> 'message_logged';

-- Everything a list of incidents is filtered by; the incidents themselves are read only where they are shown.
CREATE INDEX incident_listed ON incident (number, status, severity, private, folded);

-- What is worked on, worst first and then newest.
CREATE INDEX incident_board ON incident (severity, number DESC) WHERE status NOT IN ('RESOLVED', 'CLOSED');

-- Things of all incidents about which something is still to be done.
CREATE INDEX aggregate_open ON aggregate (kind, number) WHERE open = 1;
