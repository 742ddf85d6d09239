// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.alert.Alert;
import dev.muster.chat.Answer;
import dev.muster.chat.Profile;
import dev.muster.effect.Effect;
import dev.muster.incident.Incident;
import dev.muster.store.AlertChoice;
import dev.muster.store.AlertPosting;
import dev.muster.store.Inbound;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words that a store is written with: names of fields and of cases, values of enumerations and
 * of columns that the program alone fills. Taking one of them out of everything would leave a store
 * that nobody can read.
 */
final class OwnWords {

  private static final List<Class<?>> KEPT =
      List.of(
          Inbound.class,
          Answer.class,
          Effect.class,
          Incident.class,
          Alert.class,
          AlertPosting.class,
          AlertChoice.class,
          Profile.class);

  /** Columns that hold no word of anybody. */
  private static final List<String> FILLED =
      List.of(
          "inbox.source",
          "timeline.kind",
          "timeline.actor_type",
          "incident.status",
          "incident.severity",
          "incident_space.platform",
          "incident_member.platform",
          "alert.source",
          "timer.kind",
          "action.name",
          "action.usable",
          "person.platform",
          "message_slot.platform",
          "aggregate.kind",
          "memory.platform");

  /** Columns whose values begin with such a word and a slash, or are such a word. */
  private static final List<String> BEGUN =
      List.of("note.name", "message_slot.slot", "effect.lane");

  private static final String BEGINNINGS =
      """
      SELECT DISTINCT CASE instr(%1$s, '/') WHEN 0 THEN %1$s
        ELSE substr(%1$s, 1, instr(%1$s, '/') - 1) END FROM %2$s
      """;

  /** Columns with records of whose kinds the store knows nothing. */
  private static final List<String> RECORDS =
      List.of("aggregate.body", "memory.value", "timer.details", "action.arguments");

  private static final String SHAPES =
      """
      SELECT DISTINCT key FROM %2$s, json_each(%2$s.%1$s)
      WHERE json_valid(%2$s.%1$s) AND substr(%2$s.%1$s, 1, 1) = '{'
      """;

  private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+)*");

  private final Set<String> names = new HashSet<>();
  private final Set<String> values = new HashSet<>();

  private OwnWords(Statements statements) {
    Set<Class<?>> seen = new HashSet<>();
    KEPT.forEach(each -> learn(each, seen));
    for (String column : FILLED) {
      values.addAll(distinct(statements, "SELECT DISTINCT %s FROM %s", column));
    }
    for (String column : BEGUN) {
      distinct(statements, BEGINNINGS, column).stream()
          .filter(word -> WORD.matcher(word).matches())
          .forEach(values::add);
    }
    for (String column : RECORDS) {
      names.addAll(distinct(statements, SHAPES, column));
    }
  }

  /** Reads which words a store is written with. */
  static OwnWords of(Statements statements) {
    return new OwnWords(statements);
  }

  private static List<String> distinct(Statements statements, String sql, String column) {
    String[] parts = column.split("[.]");
    return statements.list(sql.formatted(parts[1], parts[0]), row -> row.getString(1));
  }

  private void learn(Type type, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType many) {
      Arrays.stream(many.getActualTypeArguments()).forEach(each -> learn(each, seen));
    } else if (type instanceof Class<?> one && seen.add(one)) {
      if (one.isEnum()) {
        Arrays.stream(one.getEnumConstants()).forEach(each -> values.add(((Enum<?>) each).name()));
      }
      if (one.isSealed()) {
        Arrays.stream(one.getPermittedSubclasses()).forEach(each -> learn(each, seen));
      }
      if (one.isRecord()) {
        for (RecordComponent component : one.getRecordComponents()) {
          names.add(component.getName());
          learn(component.getGenericType(), seen);
        }
      }
    }
  }

  /** Returns all of them. */
  Set<String> all() {
    Set<String> all = new HashSet<>(names);
    all.addAll(values);
    return all;
  }

  /** Returns one that holds some words; empty when none does. */
  Optional<String> holding(String words) {
    String sought = words.toLowerCase(Locale.ROOT);
    return all().stream().filter(own -> own.toLowerCase(Locale.ROOT).contains(sought)).findFirst();
  }

  /** Returns whether a name is the same as one of them, in any case. */
  boolean isOne(String name) {
    return all().stream().anyMatch(name::equalsIgnoreCase);
  }
}
