// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.alert.AlertKey;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ChannelChanged.Change;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.NotInvited;
import dev.muster.incident.IncidentId;
import dev.muster.store.AlertRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The scenes of a {@link Rehearsal} in which people leave, channels vanish and calls fail. */
final class TroubleScenes {

  private static final ChatOutcome<?> FORBIDDEN = new ChatOutcome.Refused<>("missing_scope");

  private final Stage stage;
  private final Function<Foreign, String> words;
  private final Person ada;
  private final Person li;
  private final Person sam;

  /** What waits to be repeated in another chat is bounded. */
  private static final int REPEATED_AT_MOST = 50;

  private String incident;
  private ChannelRef room;

  TroubleScenes(Stage stage, Function<Foreign, String> words) {
    this.stage = stage;
    this.words = words;
    ada = stage.person(words.apply(Foreign.PERSON));
    li = stage.person("li");
    sam = stage.person("sam");
  }

  private String say(Foreign what) {
    return words.apply(what);
  }

  void play() {
    handingOver();
    comingBackFromABackup();
    fallingSilent();
    leavingTheCompany();
    gettingIn();
    sharing();
    losingTheChannel();
    movingTheChannel();
    noChannelAtAll();
    comingBackLate();
    ending();
    alertOfAPrivateIncident();
    movingAmongMembers();
    goingOnInTwoChats();
  }

  /** Declares; each time in other words, so that nobody asks whether it is the same. */
  private void declare(String title, String options) {
    String before = stage.newestIncident();
    stage.command(ada, stage.meeting(), "declare! " + title + " " + options);
    incident = stage.newestIncident();
    if (incident.equals(before)) {
      List<Said> said = stage.said();
      throw new AssertionError(title + ": " + said.get(said.size() - 1).message().text());
    }
  }

  private void handingOver() {
    stage.scene("Command is handed to somebody else");
    declare("Trains stand still " + say(Foreign.TITLE), "sev4 --drill");
    room = stage.roomOf(incident);
    stage.command(ada, room, "commander @li");
    stage.press(li, "decline");
    stage.command(ada, room, "commander @li");
    stage.pass(Duration.ofMinutes(11));
    stage.command(ada, room, "commander @li");
    stage.press(li, "accept");
    stage.press(ada, "handover_note");
    stage.submit(ada, Map.of("text", say(Foreign.UPDATE)));
  }

  private void fallingSilent() {
    stage.scene("Nothing is heard from the commander");
    ChannelRef before = room;
    declare("Nobody answers the phones", "sev1 --drill");
    stage.pass(Duration.ofMinutes(21));
    stage.pass(Duration.ofMinutes(6));
    stage.press(li, "take_command");
    stage.command(li, stage.roomOf(incident), "resolve " + say(Foreign.REASON));
    room = before;
  }

  private void leavingTheCompany() {
    stage.scene("Somebody may not do what they want to");
    stage.command(ada, room, "severity 3 " + say(Foreign.REASON));
    stage.command(ada, room, "role comms @sam");
    stage.press(ada, "ask");
    stage.press(li, "asked");
    stage.command(ada, room, "role scribe " + own(ada));
    stage.scene("Somebody leaves the company");
    person(sam, false);
    person(sam, true);
    person(ada, false);
    person(ada, true);
  }

  private static String own(Person who) {
    return "<@" + who.ref() + ">";
  }

  private void person(Person who, boolean active) {
    stage.hears(new ChatEvent.PersonChanged(stage.clock.instant(), profile(who, false, active)));
  }

  private void gettingIn() {
    stage.scene("Somebody cannot come into the channel");
    stage.answers(
        "invite",
        new ChatOutcome.Done<>(
            List.of(new NotInvited(ada.ref(), "is a guest"), new NotInvited(sam.ref(), "left"))));
    stage.command(li, room, "invite " + own(stage.person("kim")));
    stage.works();
    stage.scene("Somebody who is asked cannot be told");
    stage.answers("tell", new ChatOutcome.Refused<>("the account is deactivated"));
    stage.command(li, room, "escalate @sam " + say(Foreign.REASON));
    stage.works();
    stage.scene("The bot is taken out of the channel");
    stage.answers("join", new ChatOutcome.Refused<>("Bring Muster back into the channel."));
    changes(room, Change.BOT_REMOVED);
    stage.works();
    changes(room, Change.BOT_ADDED);
  }

  private void changes(ChannelRef channel, Change change) {
    stage.hears(
        new ChatEvent.ChannelChanged(stage.clock.instant(), channel, change, "inc-renamed"));
  }

  private void sharing() {
    stage.scene("A channel is shared with another company");
    changes(room, Change.SHARED);
    declare("Salaries are on the intranet", "sev4 --private");
    stage.hears(
        new ChatEvent.MemberJoined(
            stage.clock.instant(),
            profile(stage.person(say(Foreign.PERSON) + " Guest"), true, true),
            stage.roomOf(incident)));
    changes(stage.roomOf(incident), Change.SHARED);
    stage.hears(
        new ChatEvent.LinksPosted(
            stage.clock.instant(),
            profile(li, false, true),
            stage.says(li, room, "Where is it?"),
            List.of("https://muster.example.com/incidents/" + incident)));
  }

  private static Profile profile(Person who, boolean external, boolean active) {
    return new Profile(who, Optional.empty(), Optional.empty(), false, external, active);
  }

  private void losingTheChannel() {
    stage.scene("Somebody archives the channel");
    declare("Phones are dead in Lyon", "sev4");
    changes(stage.roomOf(incident), Change.ARCHIVED);
    stage.command(ada, stage.meeting(), incident + " invite @li");
    stage.press(ada, "new_channel");
    room = stage.roomOf(incident);
  }

  private void movingTheChannel() {
    stage.scene("A channel gets another identifier");
    String before = incident;
    declare("A dam leaks", "sev4");
    ChannelRef from = stage.roomOf(incident);
    changes(from, Change.ARCHIVED);
    stage.hears(new ChatEvent.ChannelMoved(stage.clock.instant(), from, stage.channel("another")));
    incident = before;
  }

  private void noChannelAtAll() {
    stage.scene("There can be no channel");
    String before = incident;
    stage.answers("openChannel", FORBIDDEN);
    declare("Heating broke at night", "sev4");
    declare("Somebody read the safe", "sev4 --private");
    stage.works();
    incident = before;
  }

  private void comingBackLate() {
    stage.scene("The platform takes no messages for a while");
    stage.answers(
        "post", new ChatOutcome.RetryLater<>("ratelimited", Duration.ofSeconds(30), true));
    stage.command(ada, room, "severity 3 " + say(Foreign.REASON));
    stage.command(ada, room, "identify " + say(Foreign.REASON));
    stage.command(ada, room, "severity 4 " + say(Foreign.REASON));
    stage.works();
  }

  private void ending() {
    stage.scene("Files are not allowed, and the channel cannot be archived");
    stage.answers("attach", FORBIDDEN);
    stage.command(ada, room, "resolve " + say(Foreign.REASON));
    stage.command(ada, room, "close " + say(Foreign.REASON));
    stage.works();
    stage.answers("archive", FORBIDDEN);
    stage.pass(Duration.ofDays(7));
    stage.pass(Duration.ofMinutes(61));
    stage.works();
    stage.scene("An incident is opened again, and its channel is not");
    stage.answers("unarchive", FORBIDDEN);
    stage.command(ada, room, "reopen " + say(Foreign.REASON));
    stage.works();
  }

  /** Nothing attaches an alert to a private incident today; should it come, nobody may be told. */
  private void alertOfAPrivateIncident() {
    stage.scene("An alert belongs to a private incident");
    ChannelRef alerts = stage.channelNamed("alerts");
    stage.says(li, alerts, "[firing] five: " + say(Foreign.ALERT));
    declare("Keys were posted by mistake", "sev4 --private");
    IncidentId about = IncidentId.parse(incident).orElseThrow();
    stage.engine.write(
        tx -> {
          AlertKey key = new AlertKey(stage.meeting().platform() + "-alerts", "five");
          AlertRecord known = tx.alerts().find(key).orElseThrow();
          tx.alerts()
              .save(
                  new AlertRecord(
                      known.id(),
                      known.latest(),
                      Optional.of(about),
                      known.groupKey(),
                      known.verdict(),
                      known.statements(),
                      known.firstAt(),
                      known.lastAt(),
                      known.snoozedUntil()));
        });
    stage.says(li, alerts, "[firing] five: " + say(Foreign.ALERT));
    stage.says(li, alerts, "[resolved] five: " + say(Foreign.ALERT));
  }

  private void movingAmongMembers() {
    stage.scene("A running incident becomes private, and public again");
    declare("Somebody sells our price list " + say(Foreign.TITLE), "sev4");
    stage.command(li, stage.meeting(), "subscribe " + incident);
    stage.command(ada, stage.roomOf(incident), "private");
    stage.press(ada, "command");
    stage.command(ada, stage.roomOf(incident), "private");
    stage.command(ada, stage.roomOf(incident), "public");
    stage.press(ada, "command");
  }

  private void goingOnInTwoChats() {
    stage.scene("An incident lives in two chats");
    declare("The ovens stay cold", "sev4");
    room = stage.roomOf(incident);
    stage.command(ada, room, "space " + Elsewhere.NAME);
    stage.elsewhere.says(incident, "li", say(Foreign.MESSAGE));
    stage.elsewhere.says(incident, say(Foreign.PERSON), say(Foreign.MESSAGE));
    stage.command(stage.person("ops"), room, "link-person @li " + Elsewhere.NAME + ":Uli");
    stage.scene("Much is said while one of two chats takes no messages");
    stage.answers(
        "post", new ChatOutcome.RetryLater<>("ratelimited", Duration.ofSeconds(30), true));
    for (int i = 0; i < REPEATED_AT_MOST + 2; i++) {
      stage.elsewhere.says(incident, "li", say(Foreign.MESSAGE));
    }
    stage.works();
  }

  private void comingBackFromABackup() {
    stage.scene("Muster comes back from a backup");
    stage.engine.restored();
    stage.engine.settle();
  }
}
