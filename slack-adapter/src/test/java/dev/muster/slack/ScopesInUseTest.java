// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.readmodel.OperatorNotices;
import dev.muster.slack.client.Scope;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.GroupedAlerts;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
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
    slack.engine().configure(s -> GroupedAlerts.settings(s, "slack"));
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

  @Test
  void adminWhoCannotBeToldDirectly_isCalledWhereIncidentsAreAnnounced_andReadsItAtHome() {
    slack.slack().withoutScope("im:write");
    slack.slack().withoutScope("pins:write");
    slack.declared("ada", "Checkout is down");
    slack.looksAround();
    slack.engine().settle();

    assertEquals(List.of(), toldAdmin());
    List<Posted> announced =
        slack.sight().messages("incidents").stream()
            .filter(message -> message.words().contains("Muster needs an operator"))
            .toList();
    assertEquals(1, announced.size(), announced::toString);
    String words = announced.get(0).words();
    assertTrue(words.startsWith("@eve "), words);
    assertTrue(words.contains("the scope im:write ") && words.contains("pins:write "), words);

    slack.people().opensHome("eve");
    slack.people().opensHome("ada");
    slack.engine().settle();
    String home = slack.sight().home("eve").orElseThrow().words();
    assertTrue(home.contains("Muster needs you\nslack: Muster does without some"), home);
    String others = slack.sight().home("ada").orElseThrow().words();
    assertFalse(others.contains("Muster needs you"), others);

    slack.slack().withScope("im:write");
    slack.slack().withScope("pins:write");
    slack.clock().advance(Footing.ASKED_AGAIN);
    slack.looksAround();
    slack.engine().settle();
    slack.engine().advance(Duration.ofSeconds(6));
    slack.engine().settle();
    String after = slack.sight().home("eve").orElseThrow().words();
    assertFalse(after.contains("Muster needs you"), after);
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
