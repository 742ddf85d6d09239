// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

/** What became of one push of Slack's, however it reached us. */
public sealed interface Taken {

  /**
   * It is stored, or means nothing to us; Slack is told that it arrived.
   *
   * @param body the JSON that Slack shows or carries out; empty text for none
   */
  record Acknowledged(String body) implements Taken {}

  /** It could not be stored; Slack is not told that it arrived, so that it sends it again. */
  record NotStored() implements Taken {}

  /**
   * It is not what Slack sends.
   *
   * @param reason enumerated, for the metric
   * @param sentence for whoever sent it
   */
  record Refused(String reason, String sentence) implements Taken {}
}
