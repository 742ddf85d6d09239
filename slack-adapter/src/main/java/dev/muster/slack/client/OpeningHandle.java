// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

/**
 * What the opaque opening handle holds: the trigger, and the channel it came from, so that a late
 * answer to the form can be given there.
 *
 * @param trigger Slack's {@code trigger_id}
 * @param channel a channel id, or empty
 */
public record OpeningHandle(String trigger, String channel) {

  /** Returns the handle as one text. */
  public String write() {
    return trigger + "|" + channel;
  }

  /** Reads what {@link #write()} wrote. */
  public static OpeningHandle read(String handle) {
    String[] parts = handle.split("\\|", 2);
    return new OpeningHandle(parts[0], parts.length == 2 ? parts[1] : "");
  }
}
