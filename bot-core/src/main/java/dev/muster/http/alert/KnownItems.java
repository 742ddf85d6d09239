// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import dev.muster.alert.Alert;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Remembers what became of items of a body, byte for byte, because senders state what still fires
 * again and again, in the same words. Only what comes out the same at any later time, and holds no
 * secret anywhere, is remembered. Safe for threads.
 */
final class KnownItems {

  /** In bytes of all items; an ordinary alert has some hundreds. */
  private static final long MOST = 8_000_000;

  /** What becomes of a small item takes many times its bytes. */
  private static final int MOST_ITEMS = 20_000;

  /** Larger ones are rare and would fill the memory. */
  private static final int LONGEST = 4_000;

  /** Some bytes of a body, and who sent it. Ordered, so that equal hashes cost little. */
  private record Item(String source, byte[] bytes, int from, int to, int hash)
      implements Comparable<Item> {

    static Item of(String source, byte[] bytes, int from, int to) {
      CRC32C sum = new CRC32C();
      sum.update(bytes, from, to - from);
      return new Item(source, bytes, from, to, 31 * source.hashCode() + (int) sum.getValue());
    }

    /** Returns a copy that does not keep the rest of the body. */
    Item alone() {
      return new Item(source, Arrays.copyOfRange(bytes, from, to), 0, to - from, hash);
    }

    int length() {
      return to - from;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Item item
          && hash == item.hash
          && source.equals(item.source)
          && Arrays.equals(bytes, from, to, item.bytes, item.from, item.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Item other) {
      int bySource = source.compareTo(other.source);
      return bySource != 0
          ? bySource
          : Arrays.compare(bytes, from, to, other.bytes, other.from, other.to);
    }
  }

  private final Map<Item, Alert> known = new LinkedHashMap<>(16, 0.75f, true);
  private long kept;

  /** Returns the alert of each item; null for those that are not known. */
  Alert[] find(String source, byte[] body, BodyParts parts) {
    Item[] items = new Item[parts.size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = Item.of(source, body, parts.begin(i), parts.end(i));
    }
    Alert[] found = new Alert[items.length];
    synchronized (this) {
      for (int i = 0; i < items.length; i++) {
        found[i] = known.get(items[i]);
      }
    }
    return found;
  }

  synchronized void forget() {
    known.clear();
    kept = 0;
  }

  /** Returns whether an item of that length is worth remembering. */
  static boolean isShort(int length) {
    return length <= LONGEST;
  }

  synchronized void remember(String source, byte[] body, int from, int to, Alert alert) {
    Item item = Item.of(source, body, from, to).alone();
    // Two bodies may bring it at once; what knows the first of the two goes on knowing it at sight.
    if (known.putIfAbsent(item, alert) == null) {
      kept += item.length();
    }
    while (kept > MOST || known.size() > MOST_ITEMS) {
      Item oldest = known.keySet().iterator().next();
      known.remove(oldest);
      kept -= oldest.length();
    }
  }
}
