// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Elapsed;
import dev.muster.chat.spi.OperatorNotices;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows which home teams have room for another channel. Operators are warned in time; a team that
 * Teams says is full is left out for a day, and the next one is used. Thread-safe.
 */
public final class FullTeams {

  /** Channels in a team, those deleted within 30 days counted (Teams, "Limits"). */
  static final int MOST_CHANNELS = 1_000;

  /** So many of a team's channels are used when operators are warned. */
  public static final int WARNED_AT = MOST_CHANNELS * 8 / 10;

  /** The channels are counted this often; an incident adds one. */
  public static final Duration COUNTED_EVERY = Duration.ofHours(1);

  /** Deleted channels make room one by one, weeks later. */
  private static final Duration ASKED_AGAIN = Duration.ofDays(1);

  private final Wires wires;
  private final OperatorNotices notices;
  private final Map<String, Instant> full = new HashMap<>();
  private Instant counted;

  /** Begins with every team taken for one with room; counts first after a while. */
  public FullTeams(Wires wires, OperatorNotices notices) {
    this.wires = wires;
    this.notices = notices;
    this.counted = wires.clock().instant();
  }

  /** Returns whether Teams took no more channels in that team within a day. */
  synchronized boolean isFull(String group) {
    Instant since = full.get(group);
    return since != null && !Elapsed.isOver(since, ASKED_AGAIN, wires.clock().instant());
  }

  /** Teams takes no more channels there. */
  void refused(String group) {
    synchronized (this) {
      full.put(group, wires.clock().instant());
    }
    notices.tell(
        topic(group),
        "The home team "
            + group
            + " is full: Teams opens no more channels in it. New incidents open in the next team of"
            + " platforms.teams.teams; name another there before that one is full too.");
  }

  /** Another channel has the wanted name, or a deleted one still reserves it. */
  void nameTaken(String wanted, OpenedChannel opened) {
    notices.tell(
        "name_taken/" + opened.channel().id(),
        "The name "
            + wanted
            + " was taken by a channel that the bot did not open, or by one deleted within 30 days."
            + " The incident lives in "
            + opened.name()
            + ". See who took the name: people may look for the incident there.");
  }

  private static String topic(String group) {
    return "team-full/" + group;
  }

  /** Counts when it is time to, and warns of a team that will soon be full. */
  public void look() {
    Instant now = wires.clock().instant();
    synchronized (this) {
      if (!Elapsed.isOver(counted, COUNTED_EVERY, now)) {
        return;
      }
      counted = now;
    }
    wires.identity().homeTeams().forEach(this::count);
  }

  private void count(String group) {
    ChatOutcome<List<JsonNode>> listed =
        wires
            .graph()
            .list("Counting channels", wires.graph().at("teams", group, "channels").build());
    if (!(listed instanceof ChatOutcome.Done<List<JsonNode>> done) || isFull(group)) {
      return;
    }
    int channels = done.value().size();
    if (channels < WARNED_AT) {
      notices.over(topic(group), "The home team " + group + " has room for channels.");
      return;
    }
    notices.tellOnce(
        topic(group),
        "The home team "
            + group
            + " has "
            + WARNED_AT
            + " channels or more, and Teams takes "
            + MOST_CHANNELS
            + ", those deleted within 30 days counted. Name another team behind it under"
            + " platforms.teams.teams; incidents open there once this one is full.");
  }
}
