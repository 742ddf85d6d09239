// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.MessageIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Knows an edit again that was told twice. Nothing says that an activity and Graph name the same
 * time for it, and they need not write its words alike; so the last edit of each message is
 * remembered by its time and its letters. Thread-safe.
 */
public final class EditTimes {

  private static final String PREFIX = "edit/";

  private final Memory memory;

  /** Creates it over the adapter's memory; reads nothing. */
  public EditTimes(Memory memory) {
    this.memory = memory;
  }

  /** Returns when an edit was made: as it was told first, else as it is told now. */
  Instant of(MessageRef message, String words, Instant told) {
    Optional<String[]> before = memory.get(key(message)).map(row -> row.split(" ", 2));
    return before
        .filter(row -> row.length == 2 && row[1].equals(letters(words)))
        .map(row -> Instant.ofEpochMilli(Long.parseLong(row[0])))
        .orElse(told);
  }

  /** Returns the record of an edit, to be stored with its delivery. */
  Memory.Write remember(MessageRef message, String words, Instant at) {
    return Memory.Write.of(key(message), at.toEpochMilli() + " " + letters(words));
  }

  private static String key(MessageRef message) {
    return PREFIX + message.channel().id() + "/" + MessageIds.id(message);
  }

  private static String letters(String words) {
    CRC32 sum = new CRC32();
    words
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> sum.update(Character.toString(c).getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(sum.getValue());
  }
}
