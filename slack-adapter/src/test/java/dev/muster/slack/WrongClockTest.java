// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set wrong, so that what Slack sends is refused: history is read. */
class WrongClockTest {

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final String ALERTS = "alerts";

  @TempDir Path folder;
  private WholeSlack slack;
  private String room;

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder, List.of(ALERTS));
    room = slack.declared("ada", "Checkout is down");
    later(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private void later(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(LOOK)) {
      slack.clock().advance(LOOK);
      slack.looksAround();
    }
    slack.engine().settle();
  }

  private boolean isRead(String words) {
    return slack.engine().texts("INC-1", EntryKind.MESSAGE_LOGGED).contains(words);
  }

  /** Returns how often history of the channel of alerts was read. */
  private long readings() {
    return slack.slack().calls("conversations.history").stream()
        .filter(call -> !call.get("channel").equals(room))
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT20M", "PT-20M"})
  void whatIsRefused_isReadMeanwhile_withTheAlertsChannels(Duration wrong) {
    slack.machineIsSet(wrong);
    later(Duration.ofMinutes(1));
    long before = readings();

    slack.people().types("ada", room, "The disk is full.");
    slack.people().settle();
    later(Duration.ofSeconds(20));

    assertTrue(isRead("The disk is full."));
    assertTrue(readings() > before);
  }

  @Test
  void howeverMuchIsRefused_historyIsReadOnceAMinute() {
    slack.machineIsSet(Duration.ofMinutes(20));
    later(Duration.ofMinutes(1));
    long before = readings();

    for (int i = 0; i < 24; i++) {
      slack.people().types("ada", room, "Line " + i);
      slack.people().settle();
      later(LOOK);
    }
    later(Duration.ofMinutes(2));

    assertTrue(isRead("Line 0") && isRead("Line 23"));
    assertTrue(readings() - before <= 4, () -> readings() - before + " readings");
  }

  @Test
  void whatIsRefused_isReadThoughOurOwnPostsDoNotComeBack_andOperatorsAreToldWhy() {
    slack.machineIsSet(Duration.ofMinutes(20));
    later(LOOK);
    slack.orders("A line of ours.");
    slack.engine().settle();
    later(Duration.ofMinutes(11));

    slack.people().types("ada", room, "The disk is full.");
    slack.people().settle();
    later(Duration.ofMinutes(1).plusSeconds(20));

    assertTrue(isRead("The disk is full."));
    assertTrue(
        slack.engine().notices().toString().contains("set the clock right"),
        () -> slack.engine().notices().toString());
  }

  @Test
  void whatWasRefusedByAClockDaysAhead_isReadOnceItIsPutRight() {
    slack.machineIsSet(Duration.ofDays(40));
    slack.people().types("ada", room, "The disk is full.");
    slack.people().settle();
    later(Duration.ofMinutes(2));
    assertFalse(isRead("The disk is full."));

    slack.machineIsSet(Duration.ofDays(-40));
    slack.people().types("ada", room, "It is empty again.");
    slack.people().settle();
    later(Duration.ofSeconds(20));

    assertTrue(isRead("The disk is full."));
  }
}
