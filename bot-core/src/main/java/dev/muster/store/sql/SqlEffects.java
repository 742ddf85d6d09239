// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.effect.Effect;
import dev.muster.effect.EffectQueue;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.QueuedEffect.State;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Durable orders in the table {@code effect}. Orders wait for orders of a lower place only, so they
 * never wait for each other in a circle. The first unfinished order of each lane carries a mark, so
 * that claiming looks at nothing that is finished or stands behind another.
 */
final class SqlEffects implements EffectQueue {

  private static final State[] STATES = {
    State.PENDING, State.SENDING, State.UNKNOWN, State.DONE, State.FAILED, State.SUPERSEDED
  };
  private static final Priority[] PRIORITIES = Priority.values();
  private static final String ADD =
      """
      INSERT INTO effect (number, id, place, lane, after_lane, priority, incident, shows, state,
        first_in_lane, attempt, due_at, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?)
      """;
  private static final String BEGIN =
      """
      UPDATE effect SET state = 1, attempt = attempt + 1,
        first_tried_at = coalesce(first_tried_at, ?) WHERE number = ?
      """;
  private static final String FINISH =
      """
      UPDATE effect SET state = ?, result = ?, first_in_lane = 0
      WHERE id = ? AND state = 1 AND attempt = ?
      """;
  private static final String PROMOTE =
      """
      UPDATE effect SET first_in_lane = 1 WHERE number = (SELECT n.number FROM effect n
        WHERE n.lane = ? AND n.state < 3 ORDER BY n.place LIMIT 1)
      """;
  private static final String PUT_BACK =
      """
      UPDATE effect SET state = ?, due_at = ?, result = ?
      WHERE id = ? AND state = 1 AND attempt = ?
      """;
  private static final String PUT_OFF =
      """
      UPDATE effect SET state = ?, due_at = ?, result = ?, attempt = attempt - 1,
        first_tried_at = CASE WHEN attempt = 1 THEN NULL ELSE first_tried_at END
      WHERE id = ? AND state = 1 AND attempt = ?
      """;
  private static final String REWRITE =
      "UPDATE effect SET body = ? WHERE id = ? AND state = 1 AND attempt = ?";
  private static final String GIVE_WAY =
      "UPDATE effect SET state = 5, first_in_lane = 0 WHERE id = ? AND state = 0";
  private static final String SET_ASIDE =
      "UPDATE effect SET state = 4, first_in_lane = 0, result = 'cannot be read' WHERE number = ?";
  private static final String DOUBT_ALL =
      """
      UPDATE effect SET state = 2, attempt = max(attempt, 1),
        first_tried_at = coalesce(first_tried_at, ?), due_at = max(due_at, ?) WHERE state < 3
      """;
  private static final String NOT_DONE =
      """
      SELECT number, place, lane, first_in_lane, due_at, priority FROM effect
      WHERE shows = ? AND state < 3 AND state = 0 AND attempt <= ? ORDER BY place DESC LIMIT 1
      """;

  private static final String REPLACEABLE =
      EffectQueries.SELECT
          + "WHERE shows = ? AND state < 3 AND state = 0 AND attempt <= ?"
          + " ORDER BY place DESC LIMIT 1";

  private static final long NONE = Long.MAX_VALUE;

  private final Statements statements;
  private final ObjectMapper json;
  private final Supplier<String> ids;
  private final List<String> setAside = new ArrayList<>();

  /** How many orders were added on this connection, those taken back included. */
  long added;

  /** The number of the first order that the unit of work under way has added. */
  private long firstOwn = NONE;

  SqlEffects(Statements statements, ObjectMapper json, Supplier<String> ids) {
    this.statements = statements;
    this.json = json;
    this.ids = ids;
  }

  @Override
  public String add(NewEffect effect) {
    added++;
    String id = ids.get();
    long number = 1 + statements.number("SELECT max(number) FROM effect");
    firstOwn = Math.min(firstOwn, number);
    String shows = Succession.of(json, effect.effect());
    Standing standing = standing(effect, shows, number);
    statements.update(
        ADD,
        number,
        id,
        standing.place(),
        effect.lane(),
        effect.after(),
        effect.priority().ordinal(),
        effect.incident().map(IncidentId::number).orElse(null),
        shows,
        standing.first(),
        standing.dueFor(effect),
        StoreJson.write(json, effect.effect()));
    return id;
  }

  @Override
  public Optional<QueuedEffect> replaceable(Effect effect) {
    String shows = Succession.of(json, effect);
    return shows == null
        ? Optional.empty()
        : statements
            .first(REPLACEABLE, this::readable, shows, Succession.mostAttempts(effect))
            .flatMap(found -> found);
  }

  /** A unit of work begins, and nothing is its own yet. */
  void beginUnit() {
    firstOwn = NONE;
    setAside.clear();
  }

  @Override
  public List<QueuedEffect> claimOwn(Instant now, int limit, Priority least) {
    return firstOwn == NONE
        ? List.of()
        : claimed(EffectQueries.OWN_CLAIMABLE, now, firstOwn, now, least.ordinal(), limit);
  }

  @Override
  public boolean waits(Target target, String slot) {
    return statements
        .first(
            NOT_DONE,
            row -> row.getLong(1),
            Succession.of(json, target, slot),
            Succession.MOST_ATTEMPTS_OF_MESSAGES)
        .isPresent();
  }

  @Override
  public List<QueuedEffect> claim(Instant now, int limit, Priority least) {
    return claimed(EffectQueries.CLAIMABLE, now, now, least.ordinal(), limit);
  }

  private List<QueuedEffect> claimed(String query, Instant now, Object... given) {
    List<Long> numbers = new ArrayList<>();
    List<Lost> lost = new ArrayList<>();
    List<Optional<QueuedEffect>> claimed =
        statements.list(
            query,
            row -> {
              Optional<QueuedEffect> found = readable(row).map(e -> e.begun(Micros.rounded(now)));
              if (found.isPresent()) {
                numbers.add(row.getLong(10));
              } else {
                lost.add(new Lost(row.getLong(10), row.getString(1), row.getString(3)));
              }
              return found;
            },
            given);
    for (long number : numbers) {
      statements.update(BEGIN, now, number);
    }
    setAside(lost);
    return claimed.stream().flatMap(Optional::stream).toList();
  }

  /** An order that cannot be read. */
  private record Lost(long number, String id, String lane) {}

  private void setAside(List<Lost> lost) {
    setAside.clear();
    for (Lost each : lost) {
      statements.update(SET_ASIDE, each.number());
      promote(each.lane());
      setAside.add(each.id());
    }
  }

  @Override
  public List<String> setAside() {
    return List.copyOf(setAside);
  }

  @Override
  public boolean done(String id, int attempt, String result) {
    return finish(id, attempt, State.DONE, result);
  }

  @Override
  public boolean failed(String id, int attempt, String reason) {
    return finish(id, attempt, State.FAILED, reason);
  }

  @Override
  public boolean retry(String id, int attempt, Instant dueAt, String reason) {
    return putBack(id, attempt, State.PENDING, dueAt, reason);
  }

  @Override
  public boolean putOff(String id, int attempt, boolean unsure, Instant dueAt, String reason) {
    int state = code(unsure ? State.UNKNOWN : State.PENDING);
    return statements.update(PUT_OFF, state, dueAt, reason, id, attempt) == 1;
  }

  @Override
  public boolean unknown(String id, int attempt, Instant dueAt, String reason) {
    return putBack(id, attempt, State.UNKNOWN, dueAt, reason);
  }

  @Override
  public boolean merge(String id, int attempt, Effect effect, List<String> others) {
    String body = StoreJson.write(json, effect);
    if (statements.update(REWRITE, body, id, attempt) == 0) {
      return false;
    }
    for (String other : others) {
      if (statements.update(GIVE_WAY, other) == 1) {
        promote(laneOf(other));
      }
    }
    return true;
  }

  private String laneOf(String id) {
    return statements
        .first("SELECT lane FROM effect WHERE id = ?", row -> row.getString(1), id)
        .orElseThrow();
  }

  @Override
  public int abandonAttempts(Instant now) {
    return statements.update(
        "UPDATE effect SET state = 2, due_at = ? WHERE state < 3 AND state = 1", now);
  }

  @Override
  public int doubtAll(Instant since, Instant now) {
    return statements.update(DOUBT_ALL, since, now);
  }

  @Override
  public Optional<Instant> nextDue(Priority least) {
    return statements.first(
        EffectQueries.NEXT_DUE, row -> Micros.read(row.getLong(1)), least.ordinal());
  }

  @Override
  public Optional<QueuedEffect> find(String id) {
    return statements.first(EffectQueries.SELECT + "WHERE id = ?", this::read, id);
  }

  @Override
  public List<QueuedEffect> unfinished(IncidentId incident) {
    return statements
        .list(
            EffectQueries.SELECT + "WHERE incident = ? AND state < 3 ORDER BY place",
            this::readable,
            incident.number())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public long underWay() {
    return statements.number("SELECT count(*) FROM effect WHERE state < 3 AND state = 1");
  }

  @Override
  public Map<Priority, Long> backlogByPriority() {
    Map<Priority, Long> waiting = new EnumMap<>(Priority.class);
    for (Priority priority : PRIORITIES) {
      waiting.put(priority, 0L);
    }
    statements.list(
        "SELECT priority, count(*) FROM effect WHERE state < 3 GROUP BY priority",
        row -> waiting.put(PRIORITIES[row.getInt(1)], row.getLong(2)));
    return waiting;
  }

  @Override
  public long backlog() {
    return statements.number("SELECT count(*) FROM effect WHERE state < 3");
  }

  /** A message takes the place of the one it supersedes; everything else goes behind. */
  private Standing standing(NewEffect effect, String shows, long number) {
    String lane = effect.lane();
    Optional<Standing> older =
        shows == null
            ? Optional.empty()
            : supersede(shows, Succession.mostAttempts(effect.effect()));
    if (older.filter(standing -> standing.lane().equals(lane)).isPresent()) {
      return older.get();
    }
    older.filter(Standing::first).ifPresent(standing -> promote(standing.lane()));
    long inLane =
        statements.number("SELECT 1 FROM effect WHERE lane = ? AND state < 3 LIMIT 1", lane);
    int priority = effect.priority().ordinal();
    return new Standing(number, number, lane, inLane == 0, effect.dueAt(), priority);
  }

  private Optional<Standing> supersede(String shows, int mostAttempts) {
    Optional<Standing> older =
        statements.first(
            NOT_DONE,
            row ->
                new Standing(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getInt(4) == 1,
                    Micros.read(row.getLong(5)),
                    row.getInt(6)),
            shows,
            mostAttempts);
    older.ifPresent(
        standing ->
            statements.update(
                "UPDATE effect SET state = 5, first_in_lane = 0 WHERE number = ?",
                standing.number()));
    return older;
  }

  private boolean finish(String id, int attempt, State state, String result) {
    if (statements.update(FINISH, code(state), result, id, attempt) == 0) {
      return false;
    }
    promote(laneOf(id));
    return true;
  }

  private void promote(String lane) {
    statements.update(PROMOTE, lane);
  }

  private boolean putBack(String id, int attempt, State state, Instant dueAt, String reason) {
    return statements.update(PUT_BACK, code(state), dueAt, reason, id, attempt) == 1;
  }

  private Optional<QueuedEffect> readable(ResultSet row) throws SQLException {
    try {
      return Optional.of(read(row));
    } catch (StoreJson.Unreadable e) {
      return Optional.empty();
    }
  }

  private QueuedEffect read(ResultSet row) throws SQLException {
    long incident = row.getLong(5);
    long firstTried = row.getLong(8);
    boolean tried = !row.wasNull();
    return new QueuedEffect(
        row.getString(1),
        StoreJson.read(json, row.getString(2), Effect.class),
        row.getString(3),
        PRIORITIES[row.getInt(4)],
        incident == 0 ? Optional.empty() : Optional.of(new IncidentId(incident)),
        STATES[row.getInt(6)],
        STATES[row.getInt(6)] == State.UNKNOWN,
        row.getInt(7),
        tried ? Optional.of(Micros.read(firstTried)) : Optional.empty(),
        Micros.read(row.getLong(9)));
  }

  private static int code(State state) {
    for (int code = 0; code < STATES.length; code++) {
      if (STATES[code] == state) {
        return code;
      }
    }
    throw new IllegalStateException("no code for " + state);
  }
}
