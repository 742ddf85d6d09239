// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.fill;

import java.util.SplittableRandom;

/**
 * What people say in a filled store: twelve words a message, drawn so that some words are in nearly
 * every message and most words in few, as in any language. The same seed says the same.
 */
public final class Talk {

  /** In about two of three messages. */
  public static final String COMMON = "latency";

  /** In about one of a thousand messages. */
  public static final String MEDIUM = "failover";

  /** In one of fifty thousand messages. */
  public static final String RARE = "heisenbug";

  /** Two words; each is in one of six messages, both together in few. */
  public static final String PHRASE = "database replica";

  private static final String[] OFTEN = {
    COMMON, "the", "checkout", "is", "at", "we", "errors", "since", "deployment", "looking"
  };
  private static final String[] SOMETIMES = {
    "database", "replica", "queue", "cache", "region", "timeout", "pool", "gateway", "customer",
    "rollback", "traffic", "memory", "disk", "node", "certificate", "payment", "login", "index",
    "retry", "alert"
  };
  private static final int WORDS = 12;
  private static final int OTHERS = 20_000;
  private static final int MEDIUM_EVERY = 1_000;
  private static final int RARE_EVERY = 50_000;

  private final SplittableRandom random;
  private long said;

  /** Begins to speak. */
  public Talk(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns the next message. */
  public String next() {
    said++;
    StringBuilder text = new StringBuilder(100);
    for (int i = 0; i < WORDS; i++) {
      text.append(i == 0 ? "" : " ").append(word());
    }
    if (said % MEDIUM_EVERY == 0) {
      text.append(' ').append(MEDIUM);
    }
    if (said % RARE_EVERY == 0) {
      text.append(' ').append(RARE);
    }
    return text.append('.').toString();
  }

  private String word() {
    int kind = random.nextInt(10);
    if (kind < 6) {
      return OFTEN[random.nextInt(OFTEN.length)];
    }
    if (kind < 9) {
      return SOMETIMES[random.nextInt(SOMETIMES.length)];
    }
    return "host" + random.nextInt(OTHERS);
  }
}
