// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.time.Duration;

/**
 * The times that Socket Mode keeps. The first three pass on the machine's clock, the others on the
 * program's.
 *
 * @param pingEvery how often a connection is asked whether it lives; one that has not answered by
 *     the next time is dead, so that silence is noticed within twice this
 * @param turnEvery how often the connections are looked after
 * @param watchEvery how often the watchdog looks
 * @param doubt how long a connection that broke may have been dead before that was noticed
 * @param helloWithin how long a new connection may take to be ready
 * @param attemptsApart how far two attempts to connect are apart at least
 * @param longestPause the longest pause between attempts that fail
 * @param restWhenTold the pause after Slack said that it wants no connection of ours
 * @param deadAfter how long no connection may live before everything is made anew
 */
public record SocketTiming(
    Duration pingEvery,
    Duration turnEvery,
    Duration watchEvery,
    Duration doubt,
    Duration helloWithin,
    Duration attemptsApart,
    Duration longestPause,
    Duration restWhenTold,
    Duration deadAfter) {

  /** What is used outside of tests: silence is noticed within 30 seconds. */
  public static final SocketTiming USUAL =
      new SocketTiming(
          Duration.ofSeconds(15),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));
}
