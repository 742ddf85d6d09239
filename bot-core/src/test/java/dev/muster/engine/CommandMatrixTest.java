// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every verb of {@code docs/commands.md}, given by everybody in an incident that somebody else
 * commands: it is done for those whom the page names, and refused, and written down, for all
 * others.
 */
class CommandMatrixTest {

  private static final Path PAGE =
      Path.of(System.getProperty("muster.root", ".."), "docs/commands.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z!-]+).*\\| ([^|]+) \\| `([^`]+)` \\|$");

  /** In the order in which they try it: whoever may do most comes last. */
  private static final List<String> ALL =
      List.of("guest", "program", "viewer", "responder", "admin");

  private static final Map<String, List<String>> MAY =
      Map.of(
          "everybody", ALL,
          "people who are neither guests nor programs", List.of("viewer", "responder", "admin"),
          "a responder", List.of("responder", "admin"),
          "the commander or the deputy", List.of("admin"),
          "the commander, the deputy or communications", List.of("admin"),
          "an admin", List.of("admin"));

  /** What is about no incident. */
  private static final List<String> ALONE =
      List.of("help", "declare", "declare!", "list", "link-person", "unlink-person", "version");

  @TempDir Path folder;

  private static Settings settings(Settings before) {
    return SettingsDraft.of(before)
        .access(
            new AccessRules(
                Level.VIEWER,
                Map.of(),
                List.of("chat:Uresponder", "chat:Uada", "chat:Uguest", "chat:Uprogram"),
                List.of(),
                List.of("chat:Uadmin", "chat:Uguest", "chat:Uprogram")))
        .done();
  }

  @Test
  void verb_ofEveryRole_isDoneOrRefusedAsThePageSays() throws IOException {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    Map<String, List<String>> found = new LinkedHashMap<>();
    try (IncidentRoom room = new IncidentRoom(folder, CommandMatrixTest::settings)) {
      Person ada = room.person("ada");
      Map<String, Person> people = new LinkedHashMap<>();
      ALL.forEach(role -> people.put(role, room.person(role)));
      tells(room, people.get("guest"), false, true);
      tells(room, people.get("program"), true, false);
      for (MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
        int number = room.engine().incidents() + 1;
        String id = "INC-" + number;
        room.engine().advance(Duration.ofSeconds(4));
        room.declares(ada, "declare! matrix " + number + " sev3");
        assertEquals("matrix " + number, room.engine().incident(id).title());
        String verb = row.group(1);
        String example = row.group(3).replace("@ada", IncidentRoom.mention(ada));
        String words = ALONE.contains(verb) ? example : id + " " + example;
        expected.put(verb, MAY.get(row.group(2)));
        found.put(
            verb,
            ALL.stream().filter(role -> !isRefused(room, id, people.get(role), words)).toList());
      }
    }
    assertTrue(expected.size() > 40, expected.keySet().toString());
    assertEquals(expected, found);
  }

  private static void tells(IncidentRoom room, Person who, boolean program, boolean guest) {
    Profile profile = new Profile(who, Optional.empty(), Optional.empty(), program, guest, true);
    room.hears(new ChatEvent.PersonChanged(room.now(), profile));
  }

  private static boolean isRefused(IncidentRoom room, String id, Person who, String words) {
    int before = denials(room, id);
    room.declares(who, words);
    boolean refused = denials(room, id) > before;
    List<ShownMessage> told = room.world().toldTo(who);
    assertTrue(!told.isEmpty(), words + " of " + who + " is answered");
    String answer = told.get(told.size() - 1).words();
    assertEquals(refused, answer.contains(" may do this."), words + " of " + who + ": " + answer);
    return refused;
  }

  private static int denials(IncidentRoom room, String id) {
    return room.engine().entries(id, EntryKind.ACCESS_DENIED).size()
        + room.engine().journal(EntryKind.ACCESS_DENIED).size();
  }
}
