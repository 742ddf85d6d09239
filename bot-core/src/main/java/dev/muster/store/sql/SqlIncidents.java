// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.IncidentIndex;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Incidents in the table {@code incident}, with their channels and members beside them. */
final class SqlIncidents implements IncidentIndex {

  private static final String SAVE =
      """
      INSERT INTO incident (number, status, severity, private, folded, body)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET status = excluded.status,
        severity = excluded.severity, private = excluded.private, folded = excluded.folded,
        body = excluded.body
      """;
  private static final String LIVING_IN =
      "SELECT incident FROM incident_space WHERE platform = ? AND channel = ?";
  private static final String VISIBLE =
      """
       AND (i.private = 0 OR EXISTS (SELECT 1 FROM incident_member m
        WHERE m.incident = i.number AND m.platform = ?1 AND m.person = ?2))
      """;

  static final String FIND_VISIBLE = "SELECT i.body FROM incident i WHERE i.number = ?3" + VISIBLE;

  /** The condition of the index is repeated, and the order is its own. */
  static final String WORST =
      "SELECT i.body FROM incident i INDEXED BY incident_board"
          + " WHERE i.status NOT IN ('RESOLVED', 'CLOSED')"
          + VISIBLE
          + "ORDER BY i.severity, i.number DESC LIMIT ?3";

  private static final String HIDDEN =
      """
      SELECT number FROM incident i WHERE private = 1 AND NOT EXISTS (SELECT 1
      FROM incident_member m WHERE m.incident = i.number AND m.platform = ? AND m.person = ?)
      """;

  private static final String UNCLOSED_ON =
      """
      SELECT i.number, i.status, i.severity, s.channel FROM incident i
      JOIN incident_space s ON s.incident = i.number
      WHERE i.status <> 'CLOSED' AND s.platform = ?
      """;

  /** The order of the join keeps it to the threads of the one channel. */
  private static final String UNCLOSED_BETWEEN =
      """
      SELECT i.body FROM incident_space s CROSS JOIN incident i ON i.number = s.incident
      WHERE s.platform = ? AND s.channel > ? AND s.channel < ? AND i.status <> 'CLOSED'
      ORDER BY i.number DESC
      """;

  /** Looks for the text in the stored bodies, which is far cheaper than to read them. */
  private static final String UNCLOSED_WITH =
      """
      SELECT body FROM incident WHERE status <> 'CLOSED' AND instr(body, ?) > 0
      ORDER BY number DESC
      """;

  /** After a restore, numbers that the lost time may have given are not given again. */
  static final String FLOOR = "highest-incident";

  private static final String HIGHEST =
      """
      SELECT max(coalesce((SELECT max(number) FROM incident), 0),
        coalesce((SELECT CAST(value AS INTEGER) FROM note WHERE name = '%s'), 0))
      """
          .formatted(FLOOR);

  private static final int MOST_LISTED = 500;
  private static final int MOST_REMEMBERED = 1_000;

  private final Handle handle;
  private final Statements statements;
  private final ObjectMapper json;
  private final boolean remembers;
  private final Map<Long, Incident> known = new LinkedHashMap<>();
  private final Map<ChannelRef, Optional<Long>> dwellers = new LinkedHashMap<>();
  private final Runnable onClosed;

  /**
   * @param onClosed told when an incident is closed, or is no longer
   */
  SqlIncidents(
      Handle handle,
      Statements statements,
      ObjectMapper json,
      boolean remembers,
      Runnable onClosed) {
    this.remembers = remembers;
    this.handle = handle;
    this.statements = statements;
    this.json = json;
    this.onClosed = onClosed;
  }

  @Override
  public IncidentId nextId() {
    return new IncidentId(1 + statements.number(HIGHEST));
  }

  @Override
  public void save(Incident incident) {
    long number = incident.id().number();
    Optional<Incident> before = find(incident.id());
    statements.update(
        SAVE,
        number,
        incident.status().name(),
        incident.severity().name(),
        incident.isPrivate(),
        folded(incident.title()),
        StoreJson.write(json, incident));
    if (!before.map(Incident::spaces).orElse(List.of()).equals(incident.spaces())) {
      saveSpaces(number, incident.spaces());
    }
    if (!before.map(Incident::members).orElse(Set.of()).equals(incident.members())) {
      saveMembers(number, incident.members());
    }
    if (isClosed(before) != isClosed(Optional.of(incident))) {
      onClosed.run();
    }
    remember(incident);
  }

  private static boolean isClosed(Optional<Incident> incident) {
    return incident.filter(known -> known.status() == IncidentStatus.CLOSED).isPresent();
  }

  /** Forgets what was remembered, because some of it was rolled back. */
  void forget() {
    known.clear();
    dwellers.clear();
  }

  @Override
  public Optional<Incident> find(IncidentId id) {
    Incident remembered = known.get(id.number());
    if (remembered != null) {
      return Optional.of(remembered);
    }
    Optional<Incident> stored =
        statements.first(
            "SELECT body FROM incident WHERE number = ?",
            row -> body(row.getString(1)),
            id.number());
    stored.ifPresent(this::remember);
    return stored;
  }

  @Override
  public Optional<Incident> find(IncidentId id, Optional<UserRef> viewer) {
    return statements.first(
        FIND_VISIBLE, row -> body(row.getString(1)), platform(viewer), person(viewer), id.number());
  }

  @Override
  public Optional<Incident> livingIn(ChannelRef channel) {
    return dweller(channel).flatMap(number -> find(new IncidentId(number)));
  }

  /** Asked for each message, of channels without an incident too. */
  private Optional<Long> dweller(ChannelRef channel) {
    Optional<Long> remembered = dwellers.get(channel);
    if (remembered != null) {
      return remembered;
    }
    Optional<Long> stored =
        statements.first(LIVING_IN, row -> row.getLong(1), channel.platform(), channel.id());
    if (remembers) {
      if (dwellers.size() >= MOST_REMEMBERED) {
        dwellers.remove(dwellers.keySet().iterator().next());
      }
      dwellers.put(channel, stored);
    }
    return stored;
  }

  @Override
  public List<Incident> unclosed() {
    return statements.list(
        "SELECT body FROM incident WHERE status <> 'CLOSED' ORDER BY number DESC LIMIT 500",
        row -> body(row.getString(1)));
  }

  @Override
  public List<Dwelling> unclosedOn(String platform) {
    return statements.list(
        UNCLOSED_ON,
        row ->
            new Dwelling(
                new IncidentId(row.getLong(1)),
                IncidentStatus.valueOf(row.getString(2)),
                Severity.valueOf(row.getString(3)),
                new ChannelRef(platform, row.getString(4))),
        platform);
  }

  @Override
  public List<Incident> unclosedInThreadsOf(ChannelRef channel) {
    // Every thread of the channel lies between the two: no character is greater than the last.
    String begin = Space.placeOf(channel, "").id();
    return statements.list(
        UNCLOSED_BETWEEN,
        row -> body(row.getString(1)),
        channel.platform(),
        begin,
        begin + Character.toString(Character.MAX_CODE_POINT));
  }

  @Override
  public List<Incident> unclosedNaming(UserRef person) {
    return statements.list(
        UNCLOSED_WITH, row -> body(row.getString(1)), StoreJson.write(json, person.id()));
  }

  @Override
  public List<Incident> page(Set<IncidentStatus> statuses, long before, int limit) {
    return handle
        .createQuery(
            "SELECT body FROM incident WHERE number < :before AND status IN (<statuses>)"
                + " ORDER BY number DESC LIMIT :limit")
        .bind("before", before == 0 ? Long.MAX_VALUE : before)
        .bind("limit", limit)
        .bindList("statuses", statuses.stream().map(Enum::name).toList())
        .map((row, context) -> body(row.getString(1)))
        .list();
  }

  @Override
  public List<Incident> list(Query wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MOST_LISTED) {
      throw new IllegalArgumentException("the limit is 1 to 500, not " + wanted.limit());
    }
    return statements.list(
        listed(wanted),
        row -> body(row.getString(1)),
        platform(wanted.viewer()),
        person(wanted.viewer()),
        wanted.before() == 0 ? Long.MAX_VALUE : wanted.before(),
        folded(wanted.words().strip()),
        wanted.limit());
  }

  /** What {@link #list} asks: filters in the index, reads only what it returns. */
  static String listed(Query wanted) {
    return "SELECT body FROM incident WHERE number IN (SELECT i.number"
        + wanted(wanted)
        + "ORDER BY i.number DESC LIMIT ?5) ORDER BY number DESC";
  }

  @Override
  public long count(Query wanted) {
    return statements.number(
        counted(wanted),
        platform(wanted.viewer()),
        person(wanted.viewer()),
        Long.MAX_VALUE,
        folded(wanted.words().strip()));
  }

  /** What {@link #count} asks: nothing but the index. */
  static String counted(Query wanted) {
    return "SELECT count(*)" + wanted(wanted);
  }

  private static String wanted(Query wanted) {
    return " FROM incident i INDEXED BY incident_listed WHERE i.number < ?3"
        + oneOf("i.status", wanted.statuses())
        + oneOf("i.severity", wanted.severities())
        + " AND (?4 = '' OR instr(i.folded, ?4) > 0)"
        + VISIBLE;
  }

  private static <E extends Enum<E>> String oneOf(String column, Set<E> wanted) {
    return wanted.isEmpty()
        ? ""
        : wanted.stream()
            .sorted()
            .map(Enum::name)
            .collect(Collectors.joining("', '", " AND " + column + " IN ('", "')"));
  }

  @Override
  public List<Incident> worst(Optional<UserRef> viewer, int limit) {
    return statements.list(
        WORST, row -> body(row.getString(1)), platform(viewer), person(viewer), limit);
  }

  @Override
  public Set<Long> hiddenFrom(Optional<UserRef> viewer) {
    return new HashSet<>(
        statements.list(HIDDEN, row -> row.getLong(1), platform(viewer), person(viewer)));
  }

  private static String platform(Optional<UserRef> viewer) {
    return viewer.map(UserRef::platform).orElse("");
  }

  private static String person(Optional<UserRef> viewer) {
    return viewer.map(UserRef::id).orElse("");
  }

  private void saveSpaces(long number, List<Space> spaces) {
    dwellers.clear();
    statements.update("DELETE FROM incident_space WHERE incident = ?", number);
    for (Space space : spaces) {
      statements.update(
          "INSERT INTO incident_space (platform, channel, incident) VALUES (?, ?, ?)",
          space.platform(),
          space.place().id(),
          number);
    }
  }

  private void saveMembers(long number, Set<UserRef> members) {
    statements.update("DELETE FROM incident_member WHERE incident = ?", number);
    for (UserRef member : members) {
      statements.update(
          "INSERT INTO incident_member (incident, platform, person) VALUES (?, ?, ?)",
          number,
          member.platform(),
          member.id());
    }
  }

  private void remember(Incident incident) {
    if (!remembers) {
      return;
    }
    if (known.size() >= MOST_REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(incident.id().number(), incident);
  }

  private Incident body(String text) {
    return StoreJson.read(json, text, Incident.class);
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
