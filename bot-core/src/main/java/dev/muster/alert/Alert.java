// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine's statement that something is wrong, or no longer is. All text is untrusted.
 *
 * @param key what it is about
 * @param status whether it fires
 * @param title one line for people
 * @param severity the sender's own word; may be empty
 * @param labels names and values that identify it
 * @param annotations names and values that explain it
 * @param startsAt when it began, as the sender says
 * @param endsAt when it ended, as the sender says
 * @param url where the sender shows it; never fetched
 * @param flags what was odd about it, enumerated words
 */
public record Alert(
    AlertKey key,
    Status status,
    String title,
    String severity,
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    Optional<Instant> endsAt,
    String url,
    List<String> flags) {

  /** Whether an alert fires. */
  public enum Status {
    /** Something is wrong. */
    FIRING,
    /** It no longer is. */
    RESOLVED
  }

  /** Keeps unmodifiable copies. */
  public Alert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    flags = List.copyOf(flags);
  }
}
