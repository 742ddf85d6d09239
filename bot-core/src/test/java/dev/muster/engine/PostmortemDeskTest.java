// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.postmortem.Postmortem;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.testkit.ShownForm;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmortemDeskTest extends AdaAndLi {

  private static final String FILE = "INC-1-postmortem.md";
  private static final String PUBLISH = "Publish postmortem";
  private static final String HOSTILE = "a < b & <!channel> <@U1> *x* _y_ ~z~ `q` # [l](u) | 1. \\";

  private Person sam;

  @BeforeEach
  void meet() {
    sam = room.person("sam");
  }

  private void closed(String options) {
    room.declares(ada, "declare! Checkout is down" + options);
    room.commands(ada, "timeline add factor: the pool was small");
    room.commands(ada, "close completed");
  }

  private void closed() {
    closed("");
  }

  private Postmortem document() {
    List<TimelineEntry> entries = room.engine().entries(IncidentRoom.ID);
    return Postmortem.of(room.incident(), entries, room.now());
  }

  private Postmortem.Part part(String id) {
    return document().sections().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }

  private String words(String part) {
    return part(part).written().map(Postmortem.Written::text).orElse("");
  }

  private String last(Person who) {
    List<String> told = room.told(who);
    return told.get(told.size() - 1);
  }

  private List<String> facts(EntryKind kind) {
    return room.engine().texts(IncidentRoom.ID, kind);
  }

  private long lines(String words) {
    return room.lines().stream().filter(line -> line.contains(words)).count();
  }

  private String form(Person who) {
    List<ShownForm> open = room.world().formsOpenFor(who);
    return open.get(open.size() - 1).token();
  }

  private Map<String, String> submits(Person who, String token, Map<String, String> values) {
    Map<String, String> wrong = room.world().submits(who, token, values);
    room.engine().settle();
    return wrong;
  }

  private void publishes(Person who) {
    room.commands(who, "postmortem publish");
    room.pressesTold(who, PUBLISH);
  }

  @Test
  void edit_inOneLine_standsBeforeWhatTheTimelineSaysUnderTheHatOfItsAuthor() {
    closed();
    room.commands(ada, "postmortem edit summary A deploy took\nthe checkout down.");
    room.commands(li, "postmortem edit impact 12 % of payments failed");

    Postmortem.Written summary = part("summary").written().orElseThrow();
    assertEquals("A deploy took\nthe checkout down.", summary.text());
    assertEquals("the commander", summary.by());
    assertEquals("a responder", part("impact").written().orElseThrow().by());
    assertTrue(part("impact").missing().isEmpty());
    assertFalse(part("summary").statements().isEmpty());
    assertFalse(document().toString().contains("Who felt it, and how?"), document().toString());
    String text = PostmortemMarkdown.render(document());
    assertTrue(
        text.contains("> A deploy took\n> the checkout down.\n\nWritten by the commander on"));
    assertTrue(last(li).startsWith("Saved in the postmortem of INC-1: impact. It is at http"));
    room.commands(ada, "postmortem edit summary A deploy took\nthe checkout down.");
    assertEquals("The summary of INC-1 says exactly that already.", last(ada));
    assertEquals(2, facts(EntryKind.POSTMORTEM_EDITED).size());
  }

  @Test
  void edit_byTwoAtOnce_showsTheLaterBothAndReplacesNothingUnasked() {
    closed();
    room.commands(ada, "postmortem edit");
    room.commands(li, "postmortem edit");
    String adas = form(ada);
    String lis = form(li);
    assertEquals(Map.of(), submits(li, lis, Map.of("summary", "Li's", "factors", "Two pools")));
    Map<String, String> mine = Map.of("summary", "Ada's", "impact", "All of Europe");

    Map<String, String> asked = submits(ada, adas, mine);

    assertEquals(List.of("summary"), List.copyOf(asked.keySet()));
    assertTrue(asked.get("summary").startsWith("li wrote this at"), asked.toString());
    assertEquals("Li's", words("summary"));
    assertEquals("", words("impact"));
    String shown = room.told(ada).toString();
    assertTrue(shown.contains("Theirs: “Li's” Yours: “Ada's”"), shown);
    room.commands(sam, "postmortem edit summary Sam's");
    room.pressesTold(sam, "Put mine in its place");
    assertTrue(submits(ada, adas, mine).get("summary").startsWith("sam wrote this"));
    assertEquals(Map.of(), submits(ada, adas, mine));
    assertEquals("Ada's", words("summary"));
    assertEquals("All of Europe", words("impact"));
    assertEquals("Two pools", words("factors"));
    submits(ada, adas, Map.of("summary", "Once more"));
    assertEquals("Ada's", words("summary"));
    assertEquals(
        List.of("Li's", "Two pools", "Sam's", "Ada's", "All of Europe"),
        facts(EntryKind.POSTMORTEM_EDITED));
  }

  @Test
  void form_holdsWhatStandsAndTakesItBackWhenEmptied() {
    closed();
    room.commands(ada, "postmortem edit helped The alert came early");
    room.commands(ada, "postmortem edit helped");
    String token = form(ada);
    assertEquals(List.of("helped"), room.world().formsOpenFor(ada).get(0).fields());
    String tooLong = "x".repeat(3_001);
    assertTrue(submits(ada, token, Map.of("helped", tooLong)).get("helped").contains("3001"));
    submits(ada, token, Map.of("helped", " "));

    assertEquals("", words("helped"));
    assertTrue(part("helped").missing().isPresent());
    room.commands(ada, "postmortem edit");
    submits(ada, form(ada), Map.of("summary", "", "helped", ""));
    assertEquals(2, facts(EntryKind.POSTMORTEM_EDITED).size());
  }

  @Test
  void edit_ofSomebodyElsesWords_asksFirstAndAgainWhenTheyChange() {
    closed();
    room.commands(li, "postmortem edit summary Theirs");
    room.commands(ada, "postmortem edit summary Mine");
    assertEquals("Theirs", words("summary"));
    assertTrue(last(ada).contains("Theirs") && last(ada).contains("Mine"), last(ada));
    room.commands(li, "postmortem edit summary Theirs, changed");

    room.pressesTold(ada, "Put mine in its place");
    assertEquals("Theirs, changed", words("summary"));
    room.restart();
    room.pressesTold(ada, "Put mine in its place");
    assertEquals("Mine", words("summary"));
  }

  @Test
  void publish_isAskedAndHappensOnce() {
    closed();
    room.commands(ada, "postmortem edit summary " + HOSTILE);
    room.commands(ada, "postmortem publish");
    assertTrue(last(ada).contains("Nobody wrote: impact, factors, helped, harder."), last(ada));
    assertEquals(List.of(), facts(EntryKind.POSTMORTEM_PUBLISHED));
    room.pressesTold(ada, PUBLISH);
    room.pressesTold(ada, PUBLISH);
    room.commands(ada, "postmortem publish");

    assertTrue(last(ada).startsWith("ada published the postmortem of INC-1 at"), last(ada));
    assertEquals(1, facts(EntryKind.POSTMORTEM_PUBLISHED).size());
    assertEquals(1, lines("ada published the postmortem of INC-1. It is at http"));
    String file = new String(room.world().file(FILE).orElseThrow().bytes(), UTF_8);
    assertTrue(file.contains("\nPublished on ") && file.contains(" by the commander [#"), file);
    assertTrue(file.contains("> a \\< b & \\<!channel\\> \\<@U1\\> \\*x\\*"), file);
    assertFalse(room.shows(PUBLISH), "the button of what was done is gone");
    assertEquals("the commander", document().published().orElseThrow().by());
    List<String> announced = room.lines(room.world().meetingPlace().channel());
    assertTrue(announced.toString().contains("Postmortem of INC-1"), announced.toString());
    assertTrue(lines("Read the postmortem.") > 0, room.lines().toString());
    String link = "The postmortem of INC-1 is published: http://localhost:8080/incidents/INC-1/";
    assertEquals(1, announced.stream().filter(l -> l.startsWith(link)).count(), announced + "");
    room.commands(ada, "postmortem");
    assertTrue(last(ada).contains("published on 20"), last(ada));
    MessageRef linked = room.world().messages(room.channel()).get(0).ref();
    String url = "http://localhost:8080/incidents/INC-1/postmortem";
    assertTrue(room.card(linked, url).orElseThrow().text().endsWith("It is published."));
  }

  @Test
  void publish_afterAnotherEdit_canHappenAgainForTheNewWords() {
    closed();
    publishes(ada);
    room.commands(li, "postmortem edit summary Better");
    assertTrue(last(li).contains("It was published before"), last(li));
    assertTrue(document().published().orElseThrow().changedSince());
    assertTrue(room.shows(PUBLISH));
    room.presses(li, PUBLISH);

    assertEquals(2, facts(EntryKind.POSTMORTEM_PUBLISHED).size());
    assertFalse(document().published().orElseThrow().changedSince());
  }

  @Test
  void publish_ofWordsThatCameAfterTheQuestion_isAskedAgain() {
    closed();
    room.commands(ada, "postmortem publish");
    room.commands(li, "postmortem edit summary Not read yet");
    room.pressesTold(ada, PUBLISH);
    assertTrue(last(ada).startsWith("li wrote into summary at"), last(ada));
    assertEquals(List.of(), facts(EntryKind.POSTMORTEM_PUBLISHED));
    room.pressesTold(ada, PUBLISH);
    assertEquals(1, facts(EntryKind.POSTMORTEM_PUBLISHED).size());
  }

  @Test
  void publish_onTheCardOfTheDraftWhileAnotherWrites_isAskedAgain() {
    closed();
    room.commands(li, "postmortem edit summary the queue was full");
    room.presses(ada, "Publish postmortem");

    assertTrue(document().published().isEmpty());
    assertTrue(last(ada).startsWith("li wrote into summary at"), last(ada));
    room.pressesTold(ada, "Publish postmortem");
    assertTrue(document().published().isPresent());
  }

  @Test
  void publish_byWhoNeitherCommandsNorWrote_isRefused() {
    closed();
    room.commands(li, "postmortem publish");
    assertTrue(
        last(li).contains("the commander, the deputy or whoever wrote in it may do this."),
        last(li));
    room.presses(li, PUBLISH);
    room.commands(li, "postmortem draft");
    assertEquals(List.of(), facts(EntryKind.POSTMORTEM_PUBLISHED));

    room.commands(li, "postmortem edit harder No runbook");
    publishes(li);
    assertEquals(1, facts(EntryKind.POSTMORTEM_PUBLISHED).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4})
  void publish_killedAtACall_isSaidOnceAfterTheRestart(int call) {
    closed();
    room.commands(li, "postmortem edit summary Kept");
    room.restart();
    room.commands(li, "postmortem publish");
    room.mortal().dieAt(call);
    List<ShownMessage> told = room.world().toldTo(li);
    ShownMessage question = told.get(told.size() - 1);
    room.world().presses(li, question.ref(), question.tokens().get(0));
    room.engine().calm();
    room.restart();
    room.pass(Duration.ofMinutes(2));

    assertEquals("Kept", words("summary"));
    assertEquals(1, facts(EntryKind.POSTMORTEM_PUBLISHED).size());
    assertEquals(1, lines("li published the postmortem of INC-1. It is at http"));
    assertEquals(2, lines(FILE), room.lines().toString());
  }

  @Test
  void draft_afterTheEnd_isDrawnAnewWithWhatPeopleWrote() {
    room.declares(ada, "declare! Checkout is down");
    for (String words : List.of("draft", "edit summary x", "publish")) {
      room.commands(ada, "postmortem " + words);
      assertTrue(last(ada).contains("is drafted when it is closed"), last(ada));
    }
    room.commands(ada, "close completed");
    room.commands(ada, "postmortem draft");
    assertTrue(last(ada).startsWith("Nothing has happened since the draft of"), last(ada));
    room.commands(ada, "postmortem edit summary Kept");
    room.commands(ada, "timeline add helped: a good dashboard");
    room.commands(ada, "postmortem draft");

    assertEquals(1, lines("ada drew the postmortem of INC-1 anew."));
    String file = new String(room.world().file(FILE).orElseThrow().bytes(), UTF_8);
    assertTrue(file.contains("> Kept\n") && file.contains("a good dashboard"), file);
    assertEquals(2, facts(EntryKind.POSTMORTEM_DRAFTED).size());
    publishes(ada);
    room.commands(ada, "reopen it is back");
    assertTrue(document().published().isEmpty());
    room.commands(ada, "postmortem publish");
    assertTrue(last(ada).startsWith("INC-1 was reopened."), last(ada));
    room.commands(ada, "postmortem edit summary Written meanwhile");
    assertEquals("Written meanwhile", words("summary"));
  }

  @Test
  void edit_ofFortyThousandCharacters_isRefusedInWords() {
    closed();
    room.commands(ada, "postmortem edit summary " + "x".repeat(40_000));
    assertTrue(last(ada).startsWith("That has 40000 characters, and a part takes 3000."));
    assertEquals("", words("summary"));
  }

  @Test
  void postmortem_ofAPrivateIncident_isForItsMembersAndNotAnnounced() {
    closed(" --private");
    room.commandsAt(li, room.world().meetingPlace().channel(), "postmortem INC-1 edit summary x");
    assertTrue(last(li).startsWith("There is no incident INC-1 that you can see."));
    publishes(ada);

    assertEquals(1, facts(EntryKind.POSTMORTEM_PUBLISHED).size());
    List<String> everywhere = room.lines(room.world().meetingPlace().channel());
    assertFalse(everywhere.toString().contains("INC-1"), everywhere.toString());
  }

  @Test
  void postmortem_ofADrill_saysSo() {
    closed(" --drill");
    publishes(ada);
    assertEquals(1, lines("Drill: ada published the postmortem of INC-1."));
  }
}
