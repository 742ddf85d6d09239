// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.IncidentId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which small values have served their time. A value whose kind is not listed here is kept.
 * Pure.
 */
final class NoteAges {

  /** What belongs to an incident is kept so long after its end, should it be reopened. */
  static final Duration AFTER_THE_END = Duration.ofDays(90);

  /** Kinds whose value begins with an instant, and how long that is of interest. */
  private static final Map<String, Duration> LASTING =
      Map.ofEntries(
          Map.entry("declared/", Duration.ofDays(1)),
          Map.entry(EarlyWords.OPENING, EarlyWords.KEPT),
          Map.entry(EarlyWords.NOTE, EarlyWords.KEPT),
          Map.entry("ask/", Duration.ofDays(7)),
          Map.entry(EarlyEdits.NOTE, Tidying.DELIVERIES_KEPT),
          Map.entry(Acquaintance.LOOKED_UP, Duration.ofDays(30)),
          Map.entry(Acquaintance.ADDRESS_ASKED, Duration.ofDays(30)),
          Map.entry(Acquaintance.INTRODUCED, Duration.ofDays(30)),
          Map.entry(HomeDesk.WELCOMED, Duration.ofDays(30)),
          Map.entry("told/", AFTER_THE_END),
          Map.entry("handover-posted/", AFTER_THE_END),
          Map.entry("pinned-again/", AFTER_THE_END),
          Map.entry("topic-again/", AFTER_THE_END));

  /** Kinds whose name holds an incident. */
  private static final List<String> NAMED =
      List.of(
          "stranger/",
          "catch-up/",
          "ready/",
          "replaced/",
          "command-banner/",
          "line/",
          "fresh-lines/",
          "declared-in/",
          "named-commander/",
          "asked/",
          HelpCalls.EVERYBODY,
          "named/",
          "last-asked/",
          "severity-set/",
          "said-under/",
          "copy/",
          "left-out/",
          "member-by-link/",
          "platforms/",
          "topic/",
          PostmortemEdits.TOLD,
          Checklist.SLOT + "/");

  /** Kinds whose value begins with an incident. */
  private static final List<String> VALUED =
      List.of("declared-by/", "announced/", "lost/", FormerPlaces.NOTE);

  private static final Pattern INCIDENT = Pattern.compile("[/@]?(INC-[1-9][0-9]*)(?=[/@\\n]|$)");

  private final Instant now;
  private final Predicate<IncidentId> ended;

  /**
   * Creates the rules of one moment.
   *
   * @param ended whether an incident is gone, or closed for longer than {@link #AFTER_THE_END}
   */
  NoteAges(Instant now, Predicate<IncidentId> ended) {
    this.now = now;
    this.ended = ended;
  }

  /** Returns whether a value may go; an empty one says as much as none. */
  boolean isOver(String name, String value) {
    if (value.isEmpty()) {
      return true;
    }
    Optional<Duration> lasts =
        LASTING.entrySet().stream()
            .filter(kind -> name.startsWith(kind.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (name.startsWith(LatelyClosed.DAY)) {
      return isPast(name.substring(LatelyClosed.DAY.length()));
    }
    if (lasts.isPresent()) {
      return instant(value).filter(at -> !now.isBefore(at.plus(lasts.get()))).isPresent();
    }
    return isOf(NAMED, name) && isEnded(name.substring(name.indexOf('/')))
        || isOf(VALUED, name) && isEnded(value);
  }

  /** A day counts to its very end. */
  private boolean isPast(String day) {
    return instant(day + "T23:59:59Z")
        .filter(end -> now.isAfter(end.plus(LatelyClosed.LONGEST)))
        .isPresent();
  }

  private static boolean isOf(List<String> kinds, String name) {
    return kinds.stream().anyMatch(name::startsWith);
  }

  private boolean isEnded(String text) {
    Matcher matcher = INCIDENT.matcher(text);
    return matcher.lookingAt() && IncidentId.parse(matcher.group(1)).filter(ended).isPresent();
  }

  private static Optional<Instant> instant(String value) {
    try {
      return Optional.of(Instant.parse(value.split(" ", 2)[0]));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
