// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Reading;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type, paste and attach in Teams by mistake or on purpose, and what comes of it. */
final class TeamsBadInputTest {

  @TempDir Path folder;
  private WholeTeams teams;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private void asks(String words) {
    // Thirty commands in ten seconds are the limit.
    teams.clock().advance(Duration.ofSeconds(1));
    teams.asks("ada", teams.lobby(), words);
  }

  private String title(int number) {
    return teams.engine().incident("INC-" + number).title();
  }

  private boolean isTold(String part) {
    return teams.toldTo("ada").contains(part);
  }

  /** Returns the ids of everybody whom a message of the bot has notified. */
  private List<String> notified() {
    return teams.teams().tenant().conversations().stream()
        .flatMap(where -> where.messages().stream())
        .filter(m -> m.author().isEmpty())
        .flatMap(m -> Reading.of(m.activity()).notified().stream())
        .distinct()
        .toList();
  }

  @Test
  void title_odd_isCutRefusedOrShownAsWordsAndNotifiesNobody() {
    asks("");
    assertTrue(isTold("declare"), teams.toldTo("ada"));
    asks("declare! " + "very long ".repeat(1_000));
    assertTrue(title(1).length() <= 250 && title(1).endsWith("…"), title(1));
    assertTrue(
        teams.engine().entries("INC-1").stream().anyMatch(e -> e.text().length() > 9_000),
        "the whole title is on the timeline");
    for (String empty : List.of("   ", "\u200b\u200b", "\ud83d\udd25", "\u00a0", "---")) {
      asks("declare! " + empty);
    }
    assertEquals(1, teams.engine().incidents());
    assertTrue(isTold("letter or digit"), teams.toldTo("ada"));

    asks("declare! \ud83d\udd25 checkout");
    assertEquals("\ud83d\udd25 checkout", title(2));
    asks("declare! <at>everyone</at> <!channel> @here <at id=\"0\">li</at> is down");
    assertTrue(title(3).contains("@here"), title(3));
    asks("declare! pay\u202Etxt.exe\u2066 [x](javascript:alert(1)) ${jndi:ldap://x} {{7*7}}");
    assertFalse(title(4).contains("\u202E"), title(4));
    asks("declare! half \ud83d a pair");
    assertEquals(5, teams.engine().incidents());

    assertEquals(List.of(), notified().stream().filter(id -> !isAda(id)).toList());
    assertTrue(
        teams.teams().tenant().conversations().stream()
            .filter(c -> c.name().startsWith("inc-"))
            .allMatch(c -> c.name().codePoints().noneMatch(TeamsBadInputTest::isHidden)));
  }

  private boolean isAda(String id) {
    return List.of(teams.person("ada").botUser(), teams.person("ada").aad()).contains(id);
  }

  private static boolean isHidden(int character) {
    return Character.getType(character) == Character.FORMAT;
  }

  @Test
  void words_misspeltOrDressedUp_areUnderstoodOrAskedAboutAndNeverRunAmiss() {
    FakeConversation room = teams.declared("ada", "Checkout is down");
    for (String words :
        List.of("sev\u200berity 1 x", "reso\u00adlve it", "roll\u200bback", "resolvee x")) {
      teams.clock().advance(Duration.ofSeconds(1));
      teams.asks("ada", room, words);
    }
    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertEquals(IncidentStatus.INVESTIGATING, teams.engine().incident("INC-1").status());
    assertTrue(isTold("I do not know"), teams.toldTo("ada"));
    for (String severity : List.of("0", "99", "SEV-two", "1e309", "-1", "٢")) {
      teams.clock().advance(Duration.ofSeconds(1));
      teams.asks("ada", room, "severity " + severity + " because");
    }
    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertTrue(isTold("SEV1 (worst), SEV2, SEV3"), teams.toldTo("ada"));

    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      teams.asks("ada", room, "\u00a0 INCIDENT\u00a0SEVERITY\u00a02 it grows");
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(Severity.SEV2, teams.engine().incident("INC-1").severity());

    teams.asks("ada", teams.lobby(), "close");
    assertTrue(isTold("INC-1"), teams.toldTo("ada"));
    assertTrue(teams.engine().incident("INC-1").status().isOpen());
    teams.asks("ada", room, "declare! Search is slow \u2014drill\n```\nerror 1\nerror 2\n```\n");
    assertTrue(teams.engine().incident("INC-2").drill());
    assertEquals("Search is slow", title(2));
  }

  @Test
  void commander_thatIsNoColleague_isRefusedWithAReason() {
    FakeConversation room = teams.declared("ada", "Checkout is down");
    ObjectNode push =
        teams
            .pushes()
            .message(
                teams.saidUnheard("ada", room, Payloads.BOT_MENTION + " commander <at>G</at>"),
                room);
    ObjectNode mention = Json.object().put("type", "mention").put("text", "<at>G</at>");
    mention.putObject("mentioned").put("id", "28:grafana").put("name", "Grafana");
    push.withArrayProperty("entities").add(mention);
    teams.push(push);
    teams.engine().settle();
    assertTrue(isTold("I do not know"), teams.toldTo("ada"));

    teams.asks("ada", room, "commander " + Payloads.BOT_MENTION);
    teams.asks("ada", room, "commander nobody@example.com");
    assertEquals("ada", teams.engine().incident("INC-1").commander().orElseThrow().name());
    assertEquals(List.of(), teams.engine().texts("INC-1", EntryKind.HANDOVER_OFFERED));
  }

  /** A name is chosen by its bearer; Entra's id is not. */
  @Test
  void personNamedLikeTheCommander_isNotTheCommander() {
    FakeConversation room = teams.declared("ada", "Checkout is down");
    FakePerson impostor =
        new FakePerson("ada", teams.person("mallory").aad(), teams.person("mallory").botUser());
    FakeMessage said =
        teams.saidUnheard("mallory", room, Payloads.BOT_MENTION + " severity 4 it is nothing");
    ObjectNode push = teams.pushes().message(said, room);
    push.set("from", impostor.account());

    teams.push(push);
    teams.engine().settle();

    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertEquals(0, teams.engine().entries("INC-1", EntryKind.SEVERITY_CHANGED).size());
  }

  @Test
  void messages_withoutWords_orOfProgramsAndOurselves_areEntriesAndNoCommands() {
    FakeConversation room = teams.declared("ada", "Checkout is down");
    int before = teams.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).size();
    ObjectNode file = teams.pushes().message(teams.saidUnheard("li", room, ""), room);
    ObjectNode html = file.putArray("attachments").addObject();
    html.put("contentType", "text/html").put("content", "<attachment id=\"x\"></attachment>");
    teams.push(file);
    ObjectNode picture = teams.pushes().message(teams.saidUnheard("li", room, ""), room);
    picture
        .putArray("attachments")
        .addObject()
        .put("contentType", "image/png")
        .put("name", "graph.png")
        .put("contentUrl", "https://example.com/graph.png?tempauth=secret-7781");
    teams.push(picture);
    teams.engine().settle();
    assertEquals(before + 2, teams.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).size());

    FakePerson program = FakePerson.program("Workflows");
    for (ObjectNode from :
        List.of(program.account(), Json.object().put("id", "28:" + FakeTenant.APP))) {
      ObjectNode push =
          teams
              .pushes()
              .message(teams.saidUnheard("li", room, Payloads.BOT_MENTION + " resolve"), room);
      push.set("from", from);
      push.withObjectProperty("recipient").put("isTargeted", true);
      teams.push(push);
      teams.engine().settle();
    }
    assertTrue(teams.engine().incident("INC-1").status().isOpen());
    assertEquals(0, teams.engine().entries("INC-1", EntryKind.STATUS_CHANGED).size());
  }

  @Test
  void update_ofFortyThousandCharacters_isOnTheTimelineInWhole_andItsAuthorIsTold() {
    FakeConversation room = teams.declared("ada", "Checkout is down");
    String words = "word ".repeat(8_000) + "END";

    teams.asks("ada", room, "update " + words);

    assertEquals(List.of(words), teams.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED));
    assertTrue(isTold("All of it is on the timeline of INC-1"), teams.toldTo("ada"));
    assertTrue(
        room.messages().stream()
            .map(m -> Reading.of(m.activity()).words())
            .anyMatch(shown -> shown.contains("word word") && shown.contains(" …")));

    teams.asks("ada", room, "update " + words.substring(0, 2_995));

    assertEquals(1, teams.toldTo("ada").split("All of it is", -1).length - 1);
  }

  @Test
  void commands_fiftyInFiveSeconds_areEachDoneOrAnswered() {
    FakeConversation room = teams.declared("ada", "Checkout is down");
    // By then the declaration counts no more.
    teams.clock().advance(Duration.ofSeconds(11));
    int before = room.messages().size();
    for (int i = 0; i < 50; i++) {
      FakeMessage said = teams.saidUnheard("ada", room, Payloads.BOT_MENTION + " help");
      teams.push(teams.pushes().message(said, room));
      teams.clock().advance(Duration.ofMillis(100));
    }
    teams.engine().calm();
    teams.engine().pass(Duration.ofMinutes(2), Duration.ofSeconds(1));

    long slowed = teams.toldTo("ada").split("Slow down", -1).length - 1;
    long told =
        room.messages().subList(before, room.messages().size()).stream()
            .filter(m -> m.onlyFor().equals(Optional.of(teams.person("ada"))))
            .count();
    assertEquals("20/50", slowed + "/" + told);
  }
}
