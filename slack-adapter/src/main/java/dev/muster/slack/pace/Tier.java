// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.pace;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often Slack takes a method. Slack's documentation, rate limits and the page of each method:
 * calls a minute per app and workspace, at the least.
 */
enum Tier {
  /** Once a minute. */
  ONE(1),
  /** Twenty times a minute. */
  TWO(20),
  /** Fifty times a minute. */
  THREE(50),
  /** A hundred times a minute. */
  FOUR(100),
  /** Messages: several hundred a minute for all channels; each channel has a bucket of its own. */
  POST(300),
  /** A hundred times a minute, but a person's window waits for it: it is counted, never held. */
  AT_ONCE(100);

  /** A method that is missing here is held to what nearly every method allows. */
  private static final Tier UNLISTED = TWO;

  private static final Map<String, Tier> METHODS = new TreeMap<>();

  static {
    put(TWO, "conversations", "create rename archive unarchive setTopic setPurpose list");
    put(THREE, "conversations", "invite kick leave join info history replies open");
    put(FOUR, "conversations", "members");
    put(POST, "chat", "postMessage");
    put(THREE, "chat", "update delete unfurl");
    put(AT_ONCE, "chat", "postEphemeral");
    put(FOUR, "chat", "getPermalink");
    put(AT_ONCE, "views", "open push update");
    put(FOUR, "views", "publish");
    put(TWO, "pins", "add remove list");
    put(TWO, "bookmarks", "add edit remove");
    put(THREE, "bookmarks", "list");
    put(THREE, "reactions", "add get");
    put(TWO, "reactions", "remove");
    put(FOUR, "users", "info");
    put(TWO, "users", "list");
    put(THREE, "users", "lookupByEmail conversations getPresence");
    put(TWO, "usergroups", "list users.list");
    put(FOUR, "files", "getUploadURLExternal completeUploadExternal info");
    put(THREE, "team", "info");
    put(FOUR, "auth", "test");
  }

  private final int perMinute;

  Tier(int perMinute) {
    this.perMinute = perMinute;
  }

  private static void put(Tier tier, String family, String methods) {
    for (String method : methods.split(" ")) {
      METHODS.put(family + "." + method, tier);
    }
  }

  /** Returns how many calls Slack takes in a minute. */
  int perMinute() {
    return perMinute;
  }

  /** Returns the tier of a method. */
  static Tier of(String method) {
    return METHODS.getOrDefault(method, UNLISTED);
  }

  /** Returns the methods whose tier is known. */
  static Set<String> methods() {
    return new TreeSet<>(METHODS.keySet());
  }
}
