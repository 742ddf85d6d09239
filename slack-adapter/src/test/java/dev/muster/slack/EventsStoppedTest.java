// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.readmodel.OperatorNotices;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.GroupedAlerts;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slack has switched the event subscription off: the bot notices by its own posts, and tells. */
class EventsStoppedTest {

  private static final Duration LOOK = Duration.ofSeconds(20);

  @TempDir Path folder;
  private WholeSlack slack;
  private String room;

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder);
    slack.engine().admins("slack:" + slack.people().person("eve"));
    slack.engine().configure(s -> GroupedAlerts.settings(s, "slack"));
    room = slack.declared("ada", "Checkout is down");
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private List<OperatorNotices.Shown> banners() {
    return slack.engine().notices();
  }

  private List<String> toldAdmin() {
    return slack.sight().toldTo("eve").stream()
        .map(Posted::words)
        .filter(words -> words.contains("Slack sends no events"))
        .toList();
  }

  private void later(Duration time) {
    for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minus(LOOK)) {
      slack.clock().advance(left.compareTo(LOOK) < 0 ? left : LOOK);
      slack.looksAround();
    }
    slack.engine().settle();
  }

  @Test
  void eventsThatStop_areToldTenMinutesAfterAPost_onceAnHour_andReadUpWhenTheyReturn() {
    slack.stopsEvents(true);
    later(Duration.ofHours(1));
    slack.people().types("ada", room, "Nobody hears this yet.");
    slack.orders("A line of ours.");
    slack.engine().settle();
    later(Duration.ofMinutes(9));
    assertEquals(List.of(), banners());

    later(Duration.ofMinutes(1));

    assertEquals(1, banners().size(), banners()::toString);
    assertTrue(banners().get(0).sentence().contains("Event Subscriptions"), banners()::toString);
    assertTrue(banners().get(0).sentence().contains("/slack/events"), banners()::toString);
    assertEquals(1, toldAdmin().size(), toldAdmin()::toString);
    for (int i = 0; i < 11; i++) {
      later(Duration.ofMinutes(5));
    }
    assertEquals(1, toldAdmin().size(), toldAdmin()::toString);

    slack.stopsEvents(false);
    slack.orders("Another line of ours.");
    slack.engine().settle();
    slack.people().settle();
    later(Duration.ofSeconds(5));
    later(Duration.ofSeconds(11));

    assertEquals(List.of(), banners());
    assertTrue(
        slack.engine().texts("INC-1", EntryKind.MESSAGE_LOGGED).contains("Nobody hears this yet."),
        () -> slack.engine().texts("INC-1").toString());
  }

  @Test
  void eventsThatCome_areNeverMissed_howeverLongItIsQuiet() {
    slack.people().settle();
    for (int i = 0; i < 30; i++) {
      later(Duration.ofMinutes(2));
    }

    assertEquals(List.of(), banners());
  }

  @Test
  void somebodyWhoIsHeard_endsTheSilence() {
    slack.stopsEvents(true);
    slack.orders("A line of ours.");
    slack.engine().settle();
    later(Duration.ofMinutes(10));
    assertEquals(1, banners().size(), banners()::toString);

    slack.stopsEvents(false);
    slack.people().types("li", room, "Is anybody there?");
    later(Duration.ofSeconds(5));

    assertEquals(List.of(), banners());
  }
}
