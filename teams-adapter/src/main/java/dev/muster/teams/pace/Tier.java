// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.pace;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How often Microsoft takes a kind of call. Microsoft's documentation, "Optimize your bot with rate
 * limiting" and "Microsoft Graph service-specific throttling limits": the connector counts per bot
 * and conversation, and per app and tenant; Graph per app and tenant, per team, and per channel or
 * chat.
 */
public enum Tier {
  /** A message into a conversation: 7 a second, 8 in 2 s, 60 in 30 s, 1,800 an hour. */
  POST(Side.CONNECTOR),
  /** A change of a message: counted with the messages. */
  EDIT(Side.CONNECTOR),
  /** What a person's window waits for: counted with the messages, never held. */
  AT_ONCE(Side.CONNECTOR),
  /** Who is in a conversation: 14 a second, 16 in 2 s, 120 in 30 s, 3,600 an hour. */
  PEOPLE(Side.CONNECTOR),
  /** A question to Graph: 20 a second, 4 of a team, 1 of a channel or chat. */
  GRAPH_READ(Side.GRAPH),
  /** A change through Graph: 30 a second, 4 of a team, 1 of a channel or chat. */
  GRAPH_CHANGE(Side.GRAPH);

  /** Whose limits they are; each can be down without the other. */
  public enum Side {
    /** The Bot Connector. */
    CONNECTOR,
    /** Microsoft Graph. */
    GRAPH;

    /** Returns the word for labels. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A limit that a call counts against. In any time no more is used than the size and what comes
   * back meanwhile.
   *
   * @param key what is counted, and for whom
   * @param size most calls at once
   * @param perMinute calls that come back in a minute
   */
  record Share(String key, double size, double perMinute) {}

  /** In any second 30 calls, what older documentation allows; newer says 50. */
  private static final Share WHOLE_CONNECTOR = new Share("connector", 10, 20 * 60);

  private static final Share ALL_READING = new Share("graph_read", 8, 12 * 60);
  private static final Share ALL_CHANGES = new Share("graph_change", 10, 20 * 60);

  /** The limits that are shown as gauges. */
  static final List<Share> SHOWN = List.of(WHOLE_CONNECTOR, ALL_READING, ALL_CHANGES);

  /** What a conversation takes at once. */
  static final double CONVERSATION_SIZE = 6;

  /** The key of the messages of a conversation begins so. */
  static final String MESSAGES = "messages/";

  private final Side side;

  Tier(Side side) {
    this.side = side;
  }

  /** Returns whose limits they are. */
  public Side side() {
    return side;
  }

  /** Returns the word for labels. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether such a call changes nothing. */
  public boolean isReading() {
    return this == PEOPLE || this == GRAPH_READ;
  }

  /** Returns the limits of a call; those of a place or team that is not named do not count. */
  List<Share> shares(String team, String place) {
    return switch (this) {
      case POST, EDIT, AT_ONCE -> with(WHOLE_CONNECTOR, messages(place));
      case PEOPLE -> with(WHOLE_CONNECTOR, people(place));
      case GRAPH_READ -> with(ALL_READING, graph(team, place));
      case GRAPH_CHANGE -> with(ALL_CHANGES, graph(team, place));
    };
  }

  private static List<Share> with(Share first, List<Share> more) {
    return Stream.concat(Stream.of(first), more.stream())
        .filter(share -> !share.key().endsWith("/"))
        .toList();
  }

  /** In 1 s at most 7, in 2 s 8, in 30 s 36; in an hour 1,800. */
  private static List<Share> messages(String place) {
    return List.of(
        new Share(MESSAGES + place, CONVERSATION_SIZE, 60),
        new Share("messages_hour/" + place, 300, 25));
  }

  /** In 1 s at most 11.6, in 2 s 15.2, in 30 s 116; in an hour 3,600. */
  private static List<Share> people(String place) {
    return List.of(
        new Share("people/" + place, 8, 3.6 * 60), new Share("people_hour/" + place, 600, 50));
  }

  /** Over a minute 3 and 1 a second; what is looked at and then changed goes at once. */
  private static List<Share> graph(String team, String place) {
    return List.of(new Share("team/" + team, 6, 3 * 60), new Share("place/" + place, 4, 52));
  }
}
