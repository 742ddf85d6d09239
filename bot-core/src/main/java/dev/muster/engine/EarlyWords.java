// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.incident.IncidentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is said and done in a channel that the platform has made already and the bot has not written
 * down yet: it may be an incident's. While a channel is being opened, such deliveries are
 * remembered by name; once it is known whose channel it is, they are handled once more. The words
 * stay in the inbox and nowhere else.
 */
final class EarlyWords {

  /** Followed by the channel and the delivery; holds when it was heard. */
  static final String NOTE = "early/";

  /** Followed by the platform and the incident; holds when its channel was ordered. */
  static final String OPENING = "opening/";

  /** So long an opening of which nothing more is heard counts as one. */
  static final Duration KEPT = Duration.ofDays(1);

  private static final int PAGE = 200;

  private final Runnable wait;
  private final Runnable recover;

  /**
   * Creates it.
   *
   * @param wait has what is said from now on wait for its turn; never blocks
   * @param recover has waiting deliveries handled soon; never blocks
   */
  EarlyWords(Runnable wait, Runnable recover) {
    this.wait = wait;
    this.recover = recover;
  }

  /** Notes that a channel is ordered; there may be words in it as soon as that is carried out. */
  static void opening(Moment moment, IncidentId incident, String platform) {
    moment.tx().keepNote(note(incident, platform), moment.now().toString());
  }

  private static String note(IncidentId incident, String platform) {
    return OPENING + platform + "/" + incident;
  }

  /** Remembers a delivery that may be about a channel which is being opened. */
  static void heard(Moment moment, String platform, ChatEvent event) {
    place(event)
        .filter(channel -> !moment.delivery().isEmpty() && isOpening(moment, platform))
        .filter(channel -> moment.tx().incidents().livingIn(channel).isEmpty())
        .ifPresent(
            channel ->
                moment.tx().keepNote(NOTE + channel + "/" + moment.delivery(), "" + moment.now()));
  }

  /** Asked for every message, so the common case, that nothing is being opened, reads one note. */
  private static boolean isOpening(Moment moment, String platform) {
    String begin = OPENING + platform + "/";
    return moment.tx().notes(begin, 1).keySet().stream().anyMatch(name -> name.startsWith(begin))
        && moment.tx().notes(begin, PAGE).entrySet().stream()
            .takeWhile(note -> note.getKey().startsWith(begin))
            .map(Map.Entry::getValue)
            .anyMatch(at -> !at.isEmpty() && Instant.parse(at).plus(KEPT).isAfter(moment.now()));
  }

  /** Returns the channel of what is said in one or done to it; nothing else can come too early. */
  private static Optional<ChannelRef> place(ChatEvent event) {
    if (event instanceof ChatEvent.MessagePosted e) {
      return Optional.of(e.message().channel());
    }
    if (event instanceof ChatEvent.MessageEdited e) {
      return Optional.of(e.message().channel());
    }
    if (event instanceof ChatEvent.MessageDeleted e) {
      return Optional.of(e.message().channel());
    }
    if (event instanceof ChatEvent.ReactionAdded e) {
      return Optional.of(e.message().channel());
    }
    if (event instanceof ChatEvent.ReactionRemoved e) {
      return Optional.of(e.message().channel());
    }
    return event instanceof ChatEvent.MemberJoined e ? Optional.of(e.channel()) : Optional.empty();
  }

  /** Lets what was heard of a channel before it was known whose it is be handled once more. */
  void opened(Moment moment, IncidentId incident, ChannelRef channel) {
    over(moment, incident, channel.platform());
    List<String> names = names(moment, NOTE + channel + "/");
    for (String name : names) {
      moment.tx().inbox().again(name.substring(name.lastIndexOf('/') + 1), moment.now());
      moment.tx().dropNote(name);
    }
    if (!names.isEmpty()) {
      // Within this transaction, so that nothing said after it overtakes them.
      wait.run();
      moment.tx().afterCommit(recover);
    }
  }

  /** Nothing is being opened any more, unless it was ordered again meanwhile. */
  static void over(Moment moment, IncidentId incident, String platform) {
    if (!Places.isOpening(moment.tx(), incident, platform)) {
      moment.tx().dropNote(note(incident, platform));
    }
  }

  private static List<String> names(Moment moment, String begin) {
    List<String> names = new ArrayList<>();
    SortedMap<String, String> page = moment.tx().notes(begin, PAGE);
    while (!page.isEmpty()) {
      page.keySet().stream().filter(name -> name.startsWith(begin)).forEach(names::add);
      boolean more = page.size() == PAGE && page.lastKey().startsWith(begin);
      page = more ? moment.tx().notes(page.lastKey(), PAGE) : Collections.emptySortedMap();
    }
    return names;
  }
}
