// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import dev.muster.slack.client.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Pages of walks that were interrupted because the next page's turn had not come, so that the walk
 * goes on where it stood. In memory alone: forgotten pages are read again. Thread-safe.
 *
 * @param <P> a page
 */
final class WalkedSoFar<P> {

  private static final int PAGES = 300;

  private final Map<String, P> pages =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, P> eldest) {
          return size() > PAGES;
        }
      };

  /**
   * Returns a page that was read before, or reads it.
   *
   * @param walk names the walk
   * @param place names the page within the walk
   */
  Reply<P> page(String walk, String place, Supplier<Reply<P>> read) {
    String key = walk + " " + place;
    P known = known(key);
    if (known != null) {
      return new Reply.Got<>(known);
    }
    Reply<P> reply = read.get();
    if (reply instanceof Reply.Got<P> got) {
      keep(key, got.body());
    }
    return reply;
  }

  private synchronized P known(String key) {
    return pages.get(key);
  }

  private synchronized void keep(String key, P page) {
    pages.put(key, page);
  }

  /** Forgets a walk that has ended. */
  synchronized void ended(String walk) {
    pages.keySet().removeIf(key -> key.startsWith(walk + " "));
  }
}
