// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.crash.StoreNow.Fact;
import dev.muster.app.crash.StoreNow.Opened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The invariants that people see on a chat. */
final class ChatPromises {

  private static final int SET_ASIDE = 2;
  private static final int FAILED = 4;
  private static final Set<Evidence.Kind> TITLES =
      Set.of(Evidence.Kind.DECLARED, Evidence.Kind.ALERT);
  private static final Set<String> ONCE =
      Set.of("incident_declared", "channel_opened", "channel_ready");

  private ChatPromises() {}

  static List<String> nothingIsDoubled(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Map<String, Long> titles = counts(evidence.store().incidents(), Opened::title);
    evidence.heard().stream()
        .filter(heard -> TITLES.contains(heard.kind()))
        .map(heard -> heard.words().strip().toLowerCase(Locale.ROOT))
        .forEach(title -> expectOne(problems, titles.getOrDefault(title, 0L), "times " + title));
    evidence.heard().stream()
        .filter(heard -> heard.kind() == Evidence.Kind.DONE)
        .map(Evidence.Heard::words)
        .forEach(words -> expectOne(problems, deeds(evidence, words), "facts of " + words));
    evidence.heard().stream()
        .filter(heard -> heard.kind() == Evidence.Kind.ASKED)
        .map(Evidence.Heard::words)
        .forEach(words -> expectOne(problems, runs(evidence, words), "runs of " + words));
    evidence.heard().stream()
        .filter(heard -> heard.kind() == Evidence.Kind.LATE)
        .map(Evidence.Heard::words)
        .filter(words -> isDone(evidence, titles, words))
        .forEach(words -> problems.add("told that nothing was done, and done: " + words));
    Map<String, Long> kinds =
        counts(
            evidence.store().facts().stream().filter(f -> ONCE.contains(f.kind())).toList(),
            fact -> fact.kind() + " of INC-" + fact.stream());
    for (Opened incident : evidence.store().incidents()) {
      String id = incident.id();
      ONCE.forEach(
          kind -> {
            String what = kind + " of " + id;
            expectOne(problems, kinds.getOrDefault(what, 0L), what);
          });
      List<Room> rooms = evidence.roomsOf(incident);
      expectOne(problems, rooms.size(), "channels of " + id);
      rooms.forEach(room -> lines(evidence, room, id, problems));
      shown(evidence, cards(evidence.announcements(), id), "announcements of " + id, problems);
    }
    counts(evidence.calls(), key -> key)
        .forEach((key, n) -> expectOne(problems, n, "calls with key " + key));
    return problems;
  }

  private static boolean isDone(Evidence evidence, Map<String, Long> titles, String words) {
    return titles.containsKey(words.strip().toLowerCase(Locale.ROOT))
        || deeds(evidence, words) + runs(evidence, words) > 0;
  }

  private static long deeds(Evidence evidence, String words) {
    return evidence.store().facts().stream().filter(fact -> Deed.isFactOf(fact, words)).count();
  }

  private static long runs(Evidence evidence, String words) {
    return evidence.store().facts().stream().filter(fact -> Deed.isRunOf(fact, words)).count();
  }

  private static void lines(Evidence evidence, Room room, String id, List<String> problems) {
    shown(evidence, cards(room.lines(), id), "headlines of " + id, problems);
    room.lines().stream()
        .filter(line -> line.byTheBot() && !line.isOfThisStart())
        .collect(Collectors.groupingBy(Line::plain))
        .forEach((words, same) -> shown(evidence, same, "times in " + id + ": " + words, problems));
  }

  private static List<Line> cards(List<Line> lines, String id) {
    return lines.stream().filter(line -> line.isCardOf(id)).toList();
  }

  /** Once; where nobody may look, once more by one death, and then it says so. */
  private static void shown(
      Evidence evidence, List<Line> lines, String what, List<String> problems) {
    long repeats = lines.stream().filter(Line::isRepeat).count();
    boolean repeated = !evidence.rules().mayLook() && repeats == 1 && lines.size() <= 2;
    if (!repeated) {
      expectOne(problems, lines.size(), what);
    }
    if (repeats > 0 && !repeated) {
      problems.add(what + " say that they may be there twice: " + repeats);
    }
  }

  static List<String> troubleIsTold(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Map<Long, Long> told = counts(evidence.facts("effect_failed").toList(), Fact::stream);
    counts(
            evidence.store().orders().stream().filter(o -> o.state() == FAILED).toList(),
            StoreNow.Order::stream)
        .forEach(
            (stream, n) -> {
              long known = told.getOrDefault(stream, 0L) + told.getOrDefault(0L, 0L);
              if (known < n) {
                problems.add(n + " orders failed in stream " + stream + ", told of " + known);
              }
            });
    long aside = evidence.store().deliveries().stream().filter(d -> d.state() == SET_ASIDE).count();
    long parked =
        evidence.facts("delivery_parked").count()
            + evidence
                .facts("store_restored")
                .mapToLong(fact -> fact.details().path("deliveriesSetAside").asLong())
                .sum();
    if (parked < aside) {
      problems.add(aside + " deliveries were set aside, the journal tells of " + parked);
    }
    for (Opened incident : evidence.store().incidents()) {
      long unknown =
          evidence
              .facts("step_outcome_unknown")
              .filter(fact -> fact.stream() == incident.number())
              .count();
      long shown =
          evidence.roomsOf(incident).stream()
              .flatMap(room -> room.lines().stream())
              .filter(line -> line.byTheBot() && line.words().contains("We do not know whether"))
              .count();
      if (shown < unknown) {
        problems.add(unknown + " steps unknown in " + incident.id() + ", " + shown + " told so");
      }
    }
    return problems;
  }

  static List<String> cardsAreFresh(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Map<Long, String> severities = new HashMap<>();
    for (Fact fact : evidence.store().facts()) {
      if (fact.kind().equals("incident_declared") || fact.kind().equals("severity_changed")) {
        severities.put(fact.stream(), severity(fact));
      }
    }
    for (Opened incident : evidence.store().incidents()) {
      String now = severities.getOrDefault(incident.number(), "") + " · " + incident.id() + " ·";
      evidence
          .roomsOf(incident)
          .forEach(room -> stale(cards(room.lines(), incident.id()), now, "headline", problems));
      stale(cards(evidence.announcements(), incident.id()), now, "announcement", problems);
    }
    return problems;
  }

  private static String severity(Fact fact) {
    return fact.details().path("severity").asText(fact.details().path("to").asText());
  }

  private static void stale(List<Line> cards, String now, String what, List<String> problems) {
    if (!cards.isEmpty() && !cards.get(cards.size() - 1).words().contains(now)) {
      problems.add("the " + what + " does not say " + now);
    }
  }

  static List<String> privateWordsStayInside(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    evidence
        .rules()
        .confidential()
        .forEach(
            (words, inside) -> {
              evidence.rooms().stream()
                  .filter(room -> !inside.contains(room.name()))
                  .filter(room -> says(room.topic(), room.lines(), words))
                  .forEach(room -> problems.add(room.name() + " shows private words"));
              if (says("", evidence.announcements(), words)) {
                problems.add("announcements show private words");
              }
              evidence.sinks().entrySet().stream()
                  .filter(sink -> sink.getValue().contains(words))
                  .forEach(sink -> problems.add(sink.getKey() + " holds private words"));
            });
    return problems;
  }

  private static boolean says(String topic, List<Line> lines, String words) {
    return topic.contains(words) || lines.stream().anyMatch(l -> l.words().contains(words));
  }

  static List<String> secretsStandNowhere(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    for (String secret : evidence.rules().secrets()) {
      evidence.sinks().entrySet().stream()
          .filter(sink -> sink.getValue().contains(secret))
          .forEach(sink -> problems.add(sink.getKey() + " holds a secret"));
      evidence.rooms().stream()
          .filter(room -> says(room.topic(), room.lines(), secret))
          .forEach(room -> problems.add(room.name() + " shows a secret"));
      if (says("", evidence.announcements(), secret)) {
        problems.add("announcements show a secret");
      }
    }
    return problems;
  }

  private static <T, K> Map<K, Long> counts(List<T> all, Function<T, K> key) {
    return all.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }

  static void expectOne(List<String> problems, long count, String what) {
    if (count != 1) {
      problems.add(count + " " + what + (count == 0 ? " (lost)" : " (doubled)"));
    }
  }
}
