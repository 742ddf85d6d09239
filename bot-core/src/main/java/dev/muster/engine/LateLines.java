// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.chat.Section;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Merges the lines of an incident that could not be posted in their time into one message, so that
 * people who come back to a channel read one card and not a replay. What was posted on time stays a
 * message of its own; messages that are edited later, and all that may have been posted already,
 * are left alone.
 */
final class LateLines {

  /** Slots whose message is news: what it says passes, and may be said along with others. */
  private static final List<String> PASSING =
      List.of("line/", "summary/", "proposal/", "failed/", "not-invited/", "stuck/");

  private static final Pattern LOG = Pattern.compile("INC-\\d+/line/");
  private static final String TITLE = "Meanwhile";
  private static final Duration STALE = Duration.ofSeconds(10);
  private static final int MOST_LINES = 15;

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Telemetry telemetry;

  LateLines(UnitOfWork store, InstantSource clock, Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** Returns what an order is to post: its own message, or with it what else waits there. */
  BotMessage gather(QueuedEffect order, Effect.ShowMessage show) {
    if (!isLate(order, clock.instant())
        || order.unsure()
        || order.incident().isEmpty()
        || !isPassing(show)) {
      return show.message();
    }
    return store.run(
        tx -> {
          List<QueuedEffect> waiting =
              tx.effects().unfinished(order.incident().get()).stream()
                  .filter(other -> goesAlong(other, order, show))
                  .toList();
          if (waiting.isEmpty()) {
            return show.message();
          }
          BotMessage all = merged(order, show, waiting);
          Effect.ShowMessage now =
              new Effect.ShowMessage(show.target(), show.slot(), show.thread(), all);
          List<String> others = waiting.stream().map(QueuedEffect::id).toList();
          if (!tx.effects().merge(order.id(), order.attempt(), now, others)) {
            return show.message();
          }
          tx.afterCommit(() -> telemetry.add("muster_messages_merged_total", others.size()));
          return all;
        });
  }

  /** Returns whether a message says what several were to say. */
  static boolean isMerged(BotMessage message) {
    return message.title().equals(TITLE);
  }

  /** Returns whether an order was tried before, or should have been tried some time ago. */
  static boolean isLate(QueuedEffect order, Instant now) {
    return order.attempt() > 1 || !now.isBefore(order.dueAt().plus(STALE));
  }

  /** Returns whether what a message says passes, and may be said along with others. */
  static boolean isPassing(Effect.ShowMessage show) {
    return PASSING.stream().anyMatch(show.slot()::startsWith) || isLog(show);
  }

  /** Returns whether it repeats a line of change under the announcement of an incident. */
  static boolean isLog(Effect.ShowMessage show) {
    return show.target() instanceof Target.Announcements && LOG.matcher(show.slot()).lookingAt();
  }

  private static boolean goesAlong(
      QueuedEffect other, QueuedEffect order, Effect.ShowMessage show) {
    return other.state() == QueuedEffect.State.PENDING
        && !other.id().equals(order.id())
        && other.effect() instanceof Effect.ShowMessage e
        && e.target().equals(show.target())
        && e.thread().equals(show.thread())
        && isPassing(e);
  }

  private static BotMessage merged(
      QueuedEffect order, Effect.ShowMessage show, List<QueuedEffect> waiting) {
    Map<String, BotMessage> byAge = new TreeMap<>();
    byAge.put(order.id(), show.message());
    for (QueuedEffect each : waiting) {
      byAge.put(each.id(), ((Effect.ShowMessage) each.effect()).message());
    }
    return merged(List.copyOf(byAge.values()));
  }

  /**
   * Returns one message that says all of these, oldest first; some may be merged ones already. It
   * has the buttons of all of them, the newest of those that do the same.
   */
  static BotMessage merged(List<BotMessage> all) {
    List<Section> lines = new ArrayList<>();
    Map<String, Button> buttons = new LinkedHashMap<>();
    Set<Person> mentions = new LinkedHashSet<>();
    BotMessage.Tone tone = BotMessage.Tone.NEUTRAL;
    for (BotMessage message : all) {
      lines.addAll(isMerged(message) ? message.sections() : List.of(Section.of(message.text())));
      mentions.addAll(message.mentions());
      message.buttons().forEach(b -> buttons.put(b.action() + " " + b.label(), b));
      tone = message.tone().compareTo(tone) > 0 ? message.tone() : tone;
    }
    return BotMessage.card(
            "What could not be posted in time. To see all of it: /incident timeline", TITLE)
        .withSections(lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()))
        .withButtons(List.copyOf(buttons.values()))
        .withMentions(List.copyOf(mentions))
        .withTone(tone);
  }
}
