// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.testkit.Stage.Pressed;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of button that the product makes, pressed as it must not be: with another value, by a
 * stranger, once more, in another channel, and long after its incident was closed. Each press of
 * the {@link Rehearsal} is beset so, and in the end everything is as if nobody had.
 */
class OldButtonsTest {

  private static final String CHAT = "chat";

  @TempDir Path folder;

  /** What belongs to the time after the end. */
  private static final Set<String> AFTER_THE_END =
      Set.of("keep_open", "postmortem_edit", "postmortem_replace", "postmortem_publish");

  /** What nobody may say to a person: names of errors and classes, and what a bug leaves. */
  private static final List<String> RAW = List.of("Exception", "null", "error:", "Optional[");

  /** Buttons by which each person does something of their own, or that only show something. */
  private static final Set<String> EACH_FOR_THEMSELVES =
      Set.of(
          "join",
          "subscribe",
          "role",
          "postmortem_edit",
          "severity",
          "update",
          "resolve",
          "close",
          "escalate",
          "take_command");

  private static List<String> facts(Stage stage) {
    List<String> facts = new ArrayList<>();
    for (int i = 1; i <= stage.engine.incidents(); i++) {
      add(facts, "INC-" + i, stage.engine.entries("INC-" + i));
    }
    add(facts, "journal", stage.engine.journal());
    return facts;
  }

  private static void add(List<String> facts, String where, List<TimelineEntry> entries) {
    entries.stream()
        .filter(e -> e.kind() != EntryKind.BUTTON_PRESSED && e.kind() != EntryKind.ACCESS_DENIED)
        .map(e -> where + " " + e.kind() + " " + e.actor().name() + ": " + e.text())
        .map(fact -> fact.replaceAll("(written|published|anew) from entries 1 to \\d+", "$1"))
        .forEach(facts::add);
  }

  /** The scenes of the product, and those of the buttons that nobody presses there. */
  private static void play(Stage stage) {
    new RehearsalScenes(stage, Foreign::typical).play();
    Person ada = stage.person("Ada");
    stage.command(ada, stage.meeting(), "declare! The queue stands still sev3");
    String incident = stage.newestIncident();
    ChannelRef room = stage.roomOf(incident);
    stage.press(ada, "escalate");
    stage.press(ada, "update");
    stage.submit(ada, Map.of("text", "We look into it."));
    stage.command(ada, room, "sevrity 2");
    stage.press(ada, "command");
    stage.command(ada, room, "resolve it moves");
    stage.command(ada, room, "close it moves");
    stage.pass(Duration.ofDays(7));
    stage.press(ada, "keep_open");
    stage.command(ada, stage.meeting(), "declare! Nobody says a word sev1 --drill");
    stage.pass(Duration.ofMinutes(21));
    stage.press(ada, "here");
    stage.command(ada, stage.meeting(), "cancel " + stage.newestIncident() + " all is well");
  }

  private Stage stage(String name) throws IOException {
    return Rehearsal.stage(CHAT, Files.createDirectory(folder.resolve(name)));
  }

  private static Profile stranger(Stage stage) {
    return new Profile(stage.person("eve"), Optional.empty(), Optional.empty(), false, true, true);
  }

  /** Somebody else's hands before the press: another value, and a person without the right. */
  private static void earlier(Stage stage, Person who, Pressed button) {
    String token = button.token();
    String edited = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    for (String value : List.of(edited, token + "A", "severity:SEV1", "")) {
      List<Said> answers = stage.pressToken(Profile.member(who), button.where(), value);
      refused(button, answers);
      assertTrue(words(answers).contains("no longer valid"), button + ": " + answers);
    }
    if (!Set.of("join", "subscribe").contains(button.action())) {
      refused(button, stage.pressToken(stranger(stage), button.where(), token));
    }
  }

  /** Whatever comes after the press: it again, from others, and from a copy of the card. */
  private static void later(Stage stage, Person who, Pressed button) {
    sane(button, stage.pressToken(Profile.member(who), button.where(), button.token()));
    sane(button, stage.pressToken(Profile.member(who), stage.meeting(), button.token()));
    if (isUsed(stage, button) && !EACH_FOR_THEMSELVES.contains(button.action())) {
      Profile other = Profile.member(stage.person("sam"));
      refused(button, stage.pressToken(other, button.where(), button.token()));
    }
  }

  private static String words(List<Said> answers) {
    return answers.stream().map(said -> said.message().text()).collect(Collectors.joining("\n"));
  }

  /** Whoever pressed in vain is told why, in words. */
  private static void refused(Pressed button, List<Said> answers) {
    assertFalse(answers.isEmpty(), button + " was answered by nothing");
    assertTrue(answers.stream().noneMatch(s -> s.way() == Said.Way.FORM), button + ": " + answers);
    sane(button, answers);
  }

  private static void sane(Pressed button, List<Said> answers) {
    String words = words(answers);
    RAW.forEach(raw -> assertFalse(words.contains(raw), button + ": " + words));
  }

  /** Returns every button that was ever shown, the newest place of each. */
  private static List<Pressed> everShown(Stage stage) {
    Map<String, Pressed> all = new TreeMap<>();
    for (Said said : stage.said()) {
      for (Button button : said.message().buttons()) {
        all.put(button.token(), new Pressed(button.action(), stage.meeting(), button.token()));
      }
    }
    return List.copyOf(all.values());
  }

  private static boolean isUsed(Stage stage, Pressed button) {
    return stage
        .engine
        .read(tx -> tx.actions().find(button.token()))
        .flatMap(ButtonAction::usedAt)
        .isPresent();
  }

  /** What was offered to one person stands for a day. */
  private static boolean isOver(Stage stage, Pressed button) {
    if (button.action().equals("command")) {
      return true;
    }
    Optional<ButtonAction> action = stage.engine.read(tx -> tx.actions().find(button.token()));
    Optional<IncidentId> incident = action.flatMap(ButtonAction::incident);
    return incident
        .map(id -> stage.engine.incident(id.toString()).status() == IncidentStatus.CLOSED)
        .orElseGet(() -> isUsed(stage, button));
  }

  private static void longAfter(Stage stage) {
    stage.pass(Duration.ofDays(30));
    Profile ada = Profile.member(stage.person("Ada"));
    Set<String> kinds = new TreeSet<>();
    List<String> before = facts(stage);
    for (Pressed button : everShown(stage)) {
      if (isOver(stage, button) && !AFTER_THE_END.contains(button.action())) {
        refused(button, stage.pressToken(ada, button.where(), button.token()));
        kinds.add(button.action());
      }
    }
    assertEquals(List.of(), without(facts(stage), before), "done long after");
    assertTrue(kinds.size() > 15, kinds.toString());
  }

  private static List<String> without(List<String> all, List<String> those) {
    List<String> rest = new ArrayList<>(all);
    those.forEach(rest::remove);
    return rest;
  }

  /** Returns the stable names of all buttons; the last two are forms alone. */
  private static Set<String> kinds() throws ReflectiveOperationException {
    Set<String> kinds = new TreeSet<>();
    for (Field field : Class.forName("dev.muster.engine.Press").getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(null) instanceof String kind) {
        kinds.add(kind);
      }
    }
    kinds.removeAll(Set.of("note", "follow_up"));
    return kinds;
  }

  @Test
  void buttons_besetInEveryWay_leaveWhatOnePressLeaves()
      throws IOException, ReflectiveOperationException {
    List<String> undisturbed;
    try (Stage plain = stage("plain")) {
      play(plain);
      undisturbed = facts(plain);
    }
    Set<String> beset = new TreeSet<>();
    try (Stage stage = stage("beset")) {
      stage.around(
          (who, button) -> {
            beset.add(button.action());
            earlier(stage, who, button);
          },
          (who, button) -> later(stage, who, button));
      play(stage);
      List<String> left = facts(stage);
      assertEquals(List.of(), without(left, undisturbed), "done because of it");
      assertEquals(List.of(), without(undisturbed, left), "not done because of it");
      assertEquals(kinds(), beset, "a kind of button has no case here");
      longAfter(stage);
    }
  }
}
