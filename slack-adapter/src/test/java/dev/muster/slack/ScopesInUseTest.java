// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.readmodel.OperatorNotices;
import dev.muster.slack.client.Scope;
import dev.muster.slack.fake.Posted;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine in a workspace that granted no more than is needed, and then everything. */
class ScopesInUseTest {

  @TempDir Path folder;
  private WholeSlack slack;

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder);
    slack.engine().admins("slack:" + slack.people().person("eve"));
    slack.engine().configure(AlertsOnSlack::settings);
  }

  @AfterEach
  void close() {
    slack.close();
  }

  /** Direct messages stay, because the admin is told by one. */
  private static List<String> optional() {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope.need() != Scope.Need.ALWAYS && scope != Scope.IM_WRITE)
        .map(Scope::word)
        .toList();
  }

  private List<Posted> toldAdmin() {
    return slack.sight().toldTo("eve").stream()
        .filter(message -> message.words().contains("Without the scope"))
        .toList();
  }

  private List<String> failed() {
    return slack.engine().texts("INC-1", EntryKind.EFFECT_FAILED);
  }

  private List<String> banners() {
    return slack.engine().notices().stream().map(OperatorNotices.Shown::topic).toList();
  }

  @Test
  void incident_withoutOptionalScopes_livesAndTellsAdminsOnce_thenUsesThemOnceGranted() {
    optional().forEach(slack.slack()::withoutScope);

    String room = slack.declared("ada", "Checkout is down");
    slack.looksAround();
    slack.engine().settle();
    slack.runs("ada", room, "resolve The deploy was rolled back");
    slack.runs("ada", room, "close");
    slack.looksAround();
    slack.engine().settle();

    slack.engine().until("the draft is posted as a link", () -> !failed().isEmpty());
    List<String> failed = failed();
    assertEquals(1, failed.size(), failed::toString);
    assertTrue(failed.get(0).startsWith("The file was not posted, a link was"), failed::toString);
    assertTrue(
        slack.sight().messages(room).stream().noneMatch(m -> m.words().contains("did not work")));
    assertEquals(1, toldAdmin().size(), toldAdmin()::toString);
    String words = toldAdmin().get(0).words();
    optional().forEach(word -> assertTrue(words.contains("the scope " + word + " "), words));
    assertEquals(1, banners().size(), banners()::toString);

    optional().forEach(slack.slack()::withScope);
    slack.clock().advance(Footing.ASKED_AGAIN);
    slack.looksAround();
    slack.engine().settle();
    String second = slack.declared("ada", "Search is down");

    assertEquals(List.of(), banners());
    assertTrue(slack.sight().messages(second).stream().anyMatch(Posted::pinned));
    assertEquals(1, toldAdmin().size(), toldAdmin()::toString);
  }
}
