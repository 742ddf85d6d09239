// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every place in the core that makes a message or a form is reached by the {@link Rehearsal}, so
 * that every adapter's renderer is tried on it and every gallery shows it. A new place makes the
 * first test fail until a line for it stands in {@link #SLOTS}, and the second until a scene of
 * {@link RehearsalScenes} makes the bot say it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlotsTest {

  /** By source file, for each place in order a pattern that only its words match. */
  private static final Map<String, List<String>> SLOTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("HelpText", List.of("^PRIVATE Help\\|", "^PRIVATE severity\\|")),
              Map.entry(
                  "AlertCards",
                  List.of(
                      "\\|Alerts of INC-\\d+:",
                      "All alerts of INC-",
                      "This alert stopped firing",
                      "This alert is being handled",
                      "This alert belongs to INC-",
                      "If it is another matter, declare it",
                      "Not an incident, says",
                      "Snoozed until",
                      "I read this as an alert")),
              Map.entry("ChannelWish", List.of("^PRIVATE .*has no channel of its own\\. ")),
              Map.entry("Checklist", List.of("^MESSAGE First steps of INC-1")),
              Map.entry("ChangeLines", List.of("^MESSAGE \\|INC-1 · Severity SEV2 → SEV3")),
              Map.entry("Drafts", List.of("Your unsent text")),
              Map.entry(
                  "EndShapes", List.of("^FORM .*\\|Resolve INC-1$", "^FORM .*\\|Close INC-1$")),
              Map.entry(
                  "HandoverNotes", List.of("Leave a note: only you see", "^MESSAGE Command: ")),
              Map.entry("AskDesk", List.of("^MESSAGE \\w+ asks: .*\\?\\|")),
              Map.entry("CatchUp", List.of("Welcome to INC-")),
              Map.entry(
                  "HandoverDesk",
                  List.of("asks you to take command of INC-", "(declined|did not answer)")),
              Map.entry("Briefing", List.of("You are communications of INC-")),
              Map.entry("CrowdedAnnouncements", List.of("People work on INC-1 in #")),
              Map.entry("HomeView", List.of("^HOME Incidents\\|")),
              Map.entry("IdentityDesk", List.of("^PRIVATE Are they one person\\?\\|")),
              Map.entry("LateLines", List.of("What could not be posted in time")),
              Map.entry("LinksDesk", List.of("^MESSAGE \\|INC-1 · \\w+ added a link")),
              Map.entry("MergeDesk", List.of("a duplicate of\\? For example")),
              Map.entry(
                  "Merging",
                  List.of("INC-\\d+ is a duplicate of INC-\\d+", "\\w+ merged INC-\\d+")),
              Map.entry(
                  "MirrorText",
                  List.of(
                      " \\(elsewhere\\): The deploy", "messages on elsewhere from .* were not")),
              Map.entry("NotesDesk", List.of("INC-1 action #1")),
              Map.entry(
                  "PageLinks",
                  List.of(
                      "can be read after signing in",
                      "^LINK .*INC-1",
                      "^LINK Postmortem of INC-1",
                      "^LINK Status page")),
              Map.entry(
                  "Cards",
                  List.of(
                      "^MESSAGE .*SEV2 · INC-1 .*/incident help",
                      "^MESSAGE .*is closed \\(completed\\) after .* on its page",
                      "^MESSAGE .*Commander \\w+\\.\\|$")),
              Map.entry("Absences", List.of("was deactivated and has no role")),
              Map.entry("Archiving", List.of("This channel is archived at")),
              Map.entry("DeclareWindow", List.of("^FORM .*Declared INC-1 as .*\\|Declare")),
              Map.entry("Documents", List.of("could not be uploaded")),
              Map.entry(
                  "Entrance",
                  List.of(
                      "hear nothing there",
                      "Could not invite: ",
                      "^MESSAGE \\|.+: INC-\\d+ goes on here\\.")),
              Map.entry("Notices", List.of("^PRIVATE \\|Muster needs an operator")),
              Map.entry(
                  "Quarters",
                  List.of(
                      "\\|INC-\\d+ goes on in #",
                      "goes on in this thread",
                      "has no channel\\. It goes on at its page",
                      "has lost its channel",
                      "its identifier changed")),
              Map.entry("Recovery", List.of("^MESSAGE .*was restored from a backup of")),
              Map.entry("RoomChanges", List.of("People of another organisation can read #")),
              Map.entry("RoomWatch", List.of("^MESSAGE .*is no member of it")),
              Map.entry(
                  "CommandWatch",
                  List.of(
                      "Are you still in command\\?",
                      "^MESSAGE .*The commander is silent",
                      "^MESSAGE \\|\\w+ is in command\\.")),
              Map.entry("CommandDesk", List.of("Still wanted\\?")),
              Map.entry(
                  "DeclareDesk",
                  List.of("\\|Declared INC-", "Is it the same\\?", "To join it: /incident join")),
              Map.entry("EffectCarrier", List.of(" did not work: ")),
              Map.entry("EscalationWords", List.of("Help wanted · INC-")),
              Map.entry("Escalations", List.of("Nobody was reachable", "Could not reach @")),
              Map.entry("Exchange", List.of("Started runbook", "There is no runbook")),
              Map.entry("IncidentList", List.of("\\|\\d+ (open )?incidents?\\.")),
              Map.entry("Postmortems", List.of("The postmortem draft is at")),
              Map.entry(
                  "PostmortemDesk",
                  List.of(
                      "\\|The postmortem of INC-1 is ",
                      "\\|Publish the postmortem of INC-1\\?",
                      "published the postmortem of INC-1\\.",
                      "\\|The postmortem of INC-1 is published: ")),
              Map.entry(
                  "PostmortemEdits",
                  List.of("^FORM .*\\|Edit postmortem$", "wrote the summary of INC-1 at ")),
              Map.entry(
                  "QueryDesk",
                  List.of(
                      "\\|Roles of INC-",
                      "\\|The newest \\d+ of",
                      "\\|\\d+ actions? of",
                      "\\|\\d+ runbooks\\.")),
              Map.entry("RunbookRunner", List.of("cannot go on", "The queue was looked at\\.")),
              Map.entry("StatusUpdates", List.of("^MESSAGE Status of INC-", "Update on INC-1 by")),
              Map.entry(
                  "Subscriptions",
                  List.of(
                      "^PRIVATE .*Update on INC-1 .*To stop: /incident",
                      "Your news of INC-\\d+ ends here")),
              Map.entry(
                  "PrivacyDesk",
                  List.of("\\d+ confirm\\|", "^MESSAGE \\|INC-\\d+ is private since ")),
              Map.entry(
                  "Withdrawal",
                  List.of(
                      "goes on among its members\\. Nothing more", "goes on elsewhere, among its")),
              Map.entry("Forms", List.of("^PRIVATE Status update\\|")),
              Map.entry(
                  "FormShapes",
                  List.of(
                      "^FORM .*\\|Declare an incident$",
                      "^FORM .*\\|Status update$",
                      "^FORM .*\\|Change severity$",
                      "^FORM .*\\|Give a role$",
                      "^FORM .*\\|Handover note$",
                      "^FORM .*\\|Add to timeline$",
                      "^FORM .*\\|Note a follow-up$")),
              Map.entry("Quote", List.of("Reported by sam")),
              Map.entry("StepCards", List.of("asks to run")),
              Map.entry(
                  "TaskCards",
                  List.of("^MESSAGE \\|INC-1 task #1 ", "gave you task #\\d of INC-1")),
              Map.entry("TaskDesk", List.of("\\|\\d of \\d tasks of INC-1 are open")),
              Map.entry("Summons", List.of("Acknowledged by"))));

  private static final Pattern PLACE =
      Pattern.compile("BotMessage\\s*\\.\\s*(card|line)\\(|new BotMessage\\(|new Form\\(");

  @TempDir private static Path folder;
  private List<Said> said;

  @BeforeAll
  void play() {
    said = Rehearsal.typical("memory", folder);
  }

  @Test
  void placesThatMakeMessages_areAllListed() throws IOException {
    Map<String, Integer> places = new TreeMap<>();
    Path sources = Path.of(System.getProperty("muster.root", ".."), "bot-core/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        int count = (int) PLACE.matcher(Files.readString(file)).results().count();
        if (count > 0 && !file.getParent().endsWith("chat")) {
          places.put(name, count);
        }
      }
    }
    Map<String, Integer> listed = new TreeMap<>();
    SLOTS.forEach((name, patterns) -> listed.put(name, patterns.size()));
    assertEquals(listed, places, "add the words of a new place to SLOTS, and a scene that says it");
  }

  @Test
  void everyPlace_isReached() {
    List<String> missing = new ArrayList<>();
    SLOTS.forEach(
        (name, patterns) ->
            patterns.stream()
                .filter(words -> said.stream().noneMatch(s -> isSaid(s, Pattern.compile(words))))
                .forEach(words -> missing.add(name + ": " + words)));
    assertEquals(List.of(), missing, "no scene makes the bot say it");
  }

  private static boolean isSaid(Said said, Pattern words) {
    String all =
        said.way()
            + " "
            + said.message().title()
            + "|"
            + said.message().text().replace('\n', ' ')
            + "|"
            + said.form().map(form -> lead(form) + "|" + form.title()).orElse("");
    return words.matcher(all).find();
  }

  private static String lead(Form form) {
    return form.lead().sections().stream()
        .map(section -> section.body().plain())
        .collect(Collectors.joining(" "));
  }

  @Test
  void everyMessage_saysAWholeSentence() {
    for (Said each : said.stream().filter(s -> s.way() != Said.Way.FORM).toList()) {
      String text = each.message().text();
      assertTrue(text.matches("(?s).*[.?!:…)].*|.{25,}"), text);
    }
  }
}
