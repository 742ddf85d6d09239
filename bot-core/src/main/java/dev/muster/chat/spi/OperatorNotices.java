// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.chat.ChatEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says for an adapter what only an operator can mend, once an hour while it lasts, and once that it
 * is over. What was said is remembered in the same transaction as the saying, so that a restart
 * neither repeats it nor forgets to say that it is over. Thread-safe.
 */
public final class OperatorNotices {

  private static final String PREFIX = "notice/";
  private static final Duration SAID_AGAIN_AFTER = Duration.ofHours(1);
  private static final int MOST_TOPICS = 1_000;

  private final String platform;
  private final ChatInbox inbox;
  private final Memory memory;
  private final InstantSource clock;
  private Map<String, Instant> said;

  /** Creates notices of a platform that have read nothing yet. */
  public OperatorNotices(String platform, ChatInbox inbox, Memory memory, InstantSource clock) {
    this.platform = platform;
    this.inbox = inbox;
    this.memory = memory;
    this.clock = clock;
  }

  /**
   * Says what is wrong, unless that was said within the hour.
   *
   * @param topic a short stable word
   * @param sentence what is wrong and how to mend it; nothing secret and nobody's words
   */
  public synchronized void tell(String topic, String sentence) {
    Instant now = clock.instant();
    Instant before = said().get(topic);
    if (before == null || !now.isBefore(before.plus(SAID_AGAIN_AFTER))) {
      if (say(topic, sentence, false, mark(topic, now), now)) {
        said.put(topic, now);
      }
    }
  }

  /**
   * Says what is wrong, once for as long as it lasts.
   *
   * @param topic a short stable word
   * @param sentence what is wrong and how to mend it; nothing secret and nobody's words
   */
  public synchronized void tellOnce(String topic, String sentence) {
    if (!said().containsKey(topic)) {
      tell(topic, sentence);
    }
  }

  /** Notes that the platform itself told of something, so that its end is told as well. */
  public synchronized void told(String topic) {
    Instant now = clock.instant();
    memory.put(List.of(mark(topic, now)));
    said().put(topic, now);
  }

  private static Memory.Write mark(String topic, Instant now) {
    return Memory.Write.of(PREFIX + topic, String.valueOf(now.toEpochMilli()));
  }

  /** Returns the topics that begin so and are not over. */
  public synchronized Set<String> open(String begin) {
    return said().keySet().stream()
        .filter(topic -> topic.startsWith(begin))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Says that it is over, if anything was said about it. */
  public synchronized void over(String topic, String sentence) {
    if (said().containsKey(topic)
        && say(topic, sentence, true, Memory.Write.remove(PREFIX + topic), clock.instant())) {
      said.remove(topic);
    }
  }

  private boolean say(String topic, String sentence, boolean over, Memory.Write mark, Instant now) {
    ChatEvent event = new ChatEvent.OperatorNotice(now, platform, topic, sentence, over);
    String key = "n/" + topic + "/" + (over ? "over/" : "") + now.toEpochMilli();
    return inbox.accept(new Delivery(key, event, new byte[0], List.of(mark)))
        instanceof Receipt.Stored;
  }

  private Map<String, Instant> said() {
    if (said == null) {
      Map<String, Instant> read = new HashMap<>();
      for (Memory.Entry entry : memory.scan(PREFIX, "", MOST_TOPICS)) {
        read.put(
            entry.key().substring(PREFIX.length()),
            Instant.ofEpochMilli(Long.parseLong(entry.value())));
      }
      said = read;
    }
    return said;
  }
}
