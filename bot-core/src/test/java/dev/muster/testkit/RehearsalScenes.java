// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.alert.Alert;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.testkit.Rehearsal.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The scenes of a {@link Rehearsal}, in order. */
final class RehearsalScenes {

  private final Stage stage;
  private final Function<Foreign, String> words;
  private final Person ada;
  private final Person li;
  private final ChannelRef general;
  private final ChannelRef announcements;
  private final ChannelRef alerts;
  private ChannelRef room;

  RehearsalScenes(Stage stage, Function<Foreign, String> words) {
    this.stage = stage;
    this.words = words;
    ada = stage.person(words.apply(Foreign.PERSON));
    li = stage.person("li");
    stage.person("sam");
    general = stage.meeting();
    announcements = stage.channel("incidents");
    alerts = stage.channel("alerts");
  }

  private String say(Foreign what) {
    return words.apply(what);
  }

  void play() {
    stage.begin();
    findingTheWay();
    declaring();
    workingTogether();
    tellingOthers();
    talkingElsewhere();
    writingItDown();
    rollingBack();
    stepByStep();
    alertsInAChannel();
    alertsByWebhook();
    endings();
    otherKinds();
    merging();
    whatGoesWrong();
    new TroubleScenes(stage, words).play();
  }

  private void findingTheWay() {
    stage.scene("Somebody asks what the bot can do");
    stage.command(ada, general, "");
    stage.command(ada, general, "help severity");
    stage.command(ada, general, "list");
    stage.command(ada, general, "postmortem");
    stage.command(ada, general, "version");
    stage.scene("Somebody mistypes");
    stage.command(ada, general, "sevrity 2");
    stage.command(ada, general, "severity 99");
    stage.command(ada, general, "resolve");
    stage.command(ada, general, "status INC-99");
    stage.commandLate(ada, general, "declare! too late", Duration.ofMinutes(11));
    stage.commandLate(ada, general, "declare", Duration.ZERO);
    stage.scene("Somebody opens their own screen");
    home(ada);
  }

  private void home(Person who) {
    stage.hears(new ChatEvent.HomeOpened(stage.clock.instant(), Profile.member(who)));
  }

  private void declaring() {
    stage.scene("Somebody declares with the form");
    stage.command(ada, general, "declare " + say(Foreign.TITLE));
    stage.submit(ada, Map.of("title", " ", "severity", "SEV9"));
    stage.submit(ada, Map.of("title", say(Foreign.TITLE), "severity", "SEV2"));
    room = stage.roomOf("INC-1");
    stage.scene("Somebody declares what is declared already");
    stage.command(li, general, "declare! " + say(Foreign.TITLE));
    stage.press(li, "join");
    stage.command(li, general, "declare");
    stage.submit(li, Map.of("title", say(Foreign.TITLE), "severity", "SEV2"));
    stage.scene("Somebody comes into the channel");
    stage.hears(
        new ChatEvent.MemberJoined(
            stage.clock.instant(), Profile.member(stage.person("sam")), room));
  }

  private void workingTogether() {
    stage.scene("People share the work");
    stage.command(ada, room, "help");
    stage.command(ada, room, "role");
    stage.press(ada, "role");
    stage.press(ada, "no_comms");
    stage.command(ada, room, "role comms @li");
    stage.command(ada, room, "call");
    stage.command(ada, room, "call https://meet.example.com/checkout");
    stage.command(ada, room, "call https://meet.example.com/checkout");
    stage.command(ada, room, "call https://meet.example.com/checkout-2");
    stage.command(ada, room, "call");
    stage.command(li, room, "link https://grafana.example.com/d/checkout " + say(Foreign.NOTE));
    stage.command(li, room, "link https://grafana.example.com/d/checkout");
    stage.command(li, room, "link https://grafana.example.com/d/queue");
    stage.command(ada, room, "severity 3 " + say(Foreign.REASON));
    stage.pressWithoutForm(ada, "severity");
    stage.press(ada, "severity");
    stage.submit(ada, Map.of("severity", "SEV2", "reason", say(Foreign.REASON)));
    stage.command(ada, room, "impact " + say(Foreign.IMPACT));
    stage.command(ada, room, "affects checkout search");
    stage.command(ada, room, "title " + say(Foreign.TITLE));
    stage.command(ada, room, "invite @sam <@" + ada.ref().platform() + ":U0nobody>");
    stage.commandLate(ada, room, "update", Duration.ZERO);
    stage.answers("setTopic", new ChatOutcome.Refused<>("missing_scope"));
    stage.command(ada, room, "severity 1 " + say(Foreign.REASON));
    stage.works();
    stage.command(ada, room, "severity 2 " + say(Foreign.REASON));
    stage.scene("Nobody answers, and more people are asked");
    stage.command(ada, room, "escalate " + say(Foreign.REASON));
    stage.pass(Duration.ofMinutes(5));
    stage.command(li, room, "ack");
    stage.command(ada, room, "page @li " + say(Foreign.REASON));
    home(li);
    stage.command(ada, room, "page @li");
    stage.command(li, room, "ack");
    stage.command(ada, room, "pagr @li " + say(Foreign.REASON));
    stage.scene("People share out what is to be done now");
    stage.command(ada, room, "task");
    stage.command(ada, room, "task " + say(Foreign.ACTION));
    stage.press(li, "task_take");
    stage.press(li, "task_done");
    stage.command(ada, room, "task " + say(Foreign.NOTE) + " @li");
    stage.command(ada, room, "task take 2");
    stage.command(ada, room, "task give 2 nobody");
    stage.command(ada, room, "task");
    stage.command(ada, room, "task done 7");
    stage.scene("The commander leaves, another takes over");
    stage.command(ada, room, "commander @li");
    stage.command(ada, room, "commander nobody");
    stage.press(ada, "take_command");
  }

  private void tellingOthers() {
    stage.scene("Somebody follows from afar");
    stage.press(li, "subscribe");
    stage.command(li, general, "subscribe");
    stage.scene("Somebody writes a status update");
    stage.command(ada, room, "update");
    stage.submit(ada, Map.of("text", say(Foreign.UPDATE), "next", "30m"));
    stage.command(ada, room, "update " + say(Foreign.UPDATE));
    stage.command(ada, room, "next 20m");
    stage.scene("Somebody asks where the incident is");
    stage.command(li, room, "status");
    stage.command(li, room, "status public");
    stage.command(li, general, "list");
    stage.scene("The bot writes a summary by itself");
    says(room, Foreign.MESSAGE);
    stage.pass(Duration.ofMinutes(61));
    stage.pass(Duration.ofMinutes(61));
  }

  private MessageRef says(ChannelRef where, Foreign what) {
    return stage.says(ada, where, say(what));
  }

  private void talkingElsewhere() {
    stage.scene("People talk under the announcement");
    for (int i = 0; i < 6; i++) {
      stage.saysUnder(li, announcements, "INC-1 ", say(Foreign.MESSAGE));
    }
  }

  private void writingItDown() {
    stage.scene("Somebody writes the timeline");
    MessageRef message = says(room, Foreign.MESSAGE);
    stage.reacts(li, message, "pushpin");
    stage.command(ada, room, "timeline add -10m " + say(Foreign.NOTE));
    stage.command(ada, room, "timeline show");
    stage.command(ada, room, "timeline export");
    stage.commandAbout(ada, room, "timeline add", say(Foreign.MESSAGE));
    stage.scene("Somebody notes a follow-up");
    stage.commandAbout(ada, room, "action", say(Foreign.MESSAGE));
    stage.command(ada, room, "actions");
    stage.command(ada, room, "action " + say(Foreign.ACTION) + " @li 2026-12-01");
    stage.command(ada, room, "actions");
    stage.command(ada, room, "action done 1");
    home(li);
    stage.scene("Somebody posts a link to an incident");
    stage.hears(
        new ChatEvent.LinksPosted(
            stage.clock.instant(),
            Profile.member(ada),
            message,
            List.of(
                "https://muster.example.com/incidents/INC-1",
                "https://muster.example.com/incidents/INC-1/postmortem",
                "https://muster.example.com/status")));
  }

  private void answers(Outcome outcome) {
    stage.engine.outside(request -> outcome.result(say(Foreign.ANSWER)));
  }

  private void askForRollback() {
    stage.command(ada, room, "rollback checkout to " + say(Foreign.VERSION));
  }

  private void rollingBack() {
    stage.scene("A rollback needs a second person");
    answers(Outcome.RAN);
    askForRollback();
    stage.press(ada, "approve");
    stage.press(li, "approve");
    stage.scene("A rollback is refused");
    askForRollback();
    stage.press(li, "refuse");
    stage.scene("A rollback lapses");
    askForRollback();
    stage.pass(Duration.ofMinutes(20));
    stage.scene("A rollback fails");
    answers(Outcome.FAILED);
    askForRollback();
    stage.press(li, "approve");
    stage.scene("Nobody knows whether a rollback ran");
    answers(Outcome.LOST);
    askForRollback();
    stage.press(li, "approve");
    stage.command(ada, room, "close");
    answers(Outcome.RAN);
    stage.press(li, "run_again");
    stage.press(ada, "approve");
    answers(Outcome.LOST);
    askForRollback();
    stage.press(li, "approve");
    stage.press(li, "it_ran");
  }

  private void stepByStep() {
    stage.scene("A runbook is worked through step by step");
    answers(Outcome.RAN);
    stage.command(ada, room, "runbook");
    stage.command(ada, room, "runbook check-queue");
    stage.press(ada, "step_done");
    stage.press(ada, "step_skipped");
    stage.press(ada, "step_done");
    stage.command(ada, room, "runbook check-answer");
    stage.command(ada, room, "runbook no-such-book");
  }

  private void alertsInAChannel() {
    stage.scene("A message in an alert channel is an alert");
    alertMessage("one", "firing");
    stage.press(ada, "snooze");
    alertMessage("two", "firing");
    stage.press(ada, "not_an_incident");
    alertMessage("three", "firing");
    stage.press(ada, "attach");
    alertMessage("four", "firing");
    stage.press(ada, "declare");
    alertMessage("three", "firing");
    alertMessage("three", "resolved");
    alertMessage("one", "resolved");
  }

  private void alertMessage(String name, String state) {
    stage.says(li, alerts, "[" + state + "] " + name + ": " + say(Foreign.ALERT));
  }

  private void alertsByWebhook() {
    stage.scene("Monitoring declares an incident");
    List<Alert> firing = List.of(alert("a", Foreign.ALERT), alert("b", Foreign.OTHER_TITLE));
    hand(firing);
    stage.says(li, alerts, "[like] a: a");
    stage.pass(Duration.ofMinutes(11));
    stage.pass(Duration.ofMinutes(11));
    stage.press(ada, "ack", card -> card.text().contains("INC-3 "));
    stage.pass(Duration.ofMinutes(1));
    stage.scene("Monitoring says that all is well again");
    hand(firing.stream().map(a -> Rehearsal.resolved(a, stage.clock.instant())).toList());
    stage.scene("Monitoring floods");
    for (int i = 0; i < 9; i++) {
      hand(List.of(alert("flood-" + i, Foreign.ALERT)));
    }
  }

  private void hand(List<Alert> stated) {
    stage.engine.alerts(Rehearsal.SOURCE, stated);
    stage.engine.settle();
  }

  private Alert alert(String name, Foreign title) {
    return Rehearsal.alert(
        Rehearsal.SOURCE,
        name,
        say(title),
        say(Foreign.ALERT_URL),
        "critical",
        stage.clock.instant());
  }

  private void endings() {
    stage.scene("The incident ends");
    stage.command(ada, room, "identify " + say(Foreign.REASON));
    stage.command(ada, room, "mitigate " + say(Foreign.REASON));
    stage.command(ada, room, "update");
    stage.command(ada, room, "resolve " + say(Foreign.REASON));
    stage.submit(ada, Map.of("text", say(Foreign.UPDATE)));
    stage.command(ada, room, "reopen " + say(Foreign.REASON));
    stage.press(ada, "resolve", card -> card.text().contains("INC-1 "));
    stage.submit(ada, Map.of("impact", say(Foreign.IMPACT), "text", say(Foreign.UPDATE)));
    stage.press(ada, "close", card -> card.text().contains("INC-1 "));
    stage.submit(ada, Map.of("reason", "completed", "text", say(Foreign.REASON)));
    stage.command(ada, room, "update too late");
    postmortem();
    stage.pass(Duration.ofDays(7));
  }

  private void postmortem() {
    stage.scene("People write and publish the postmortem");
    stage.command(ada, room, "postmortem");
    stage.press(ada, "postmortem_edit");
    stage.submit(ada, Map.of("summary", say(Foreign.UPDATE), "impact", say(Foreign.IMPACT)));
    stage.command(li, room, "postmortem edit summary " + say(Foreign.REASON));
    stage.press(li, "postmortem_replace");
    stage.command(ada, room, "postmortem draft");
    stage.command(ada, room, "postmortem publish");
    stage.press(ada, "postmortem_publish");
    stage.command(ada, room, "postmortem");
  }

  private void otherKinds() {
    stage.scene("A private incident, a drill and a duplicate");
    stage.command(ada, general, "declare! " + say(Foreign.OTHER_TITLE) + " sev1 --private");
    stage.command(ada, general, "declare! " + say(Foreign.NOTE) + " sev4 --drill");
    stage.commandAbout(ada, general, "declare", say(Foreign.MESSAGE));
    stage.submit(ada, Map.of("title", "Reported by a message", "severity", "SEV3"));
    stage.press(ada, "confirm_severity");
    stage.command(ada, general, "list all");
    stage.command(li, general, "status");
    stage.command(ada, general, "cancel INC-2 " + say(Foreign.REASON));
  }

  private void merging() {
    stage.scene("Two incidents turn out to be one");
    stage.command(ada, general, "declare! " + say(Foreign.OTHER_TITLE) + " again");
    String stays = newest();
    stage.command(li, general, "declare! The same seen from elsewhere sev1");
    ChannelRef duplicate = stage.roomOf(newest());
    stage.command(li, duplicate, "task " + say(Foreign.ACTION));
    stage.command(li, duplicate, "merge");
    stage.command(li, duplicate, "merge " + stays + " " + say(Foreign.REASON));
    stage.command(li, duplicate, "merge " + stays);
    stage.command(li, duplicate, "reopen " + say(Foreign.REASON));
    stage.command(li, duplicate, "merge " + stays);
    stage.command(ada, general, "cancel " + stays + " " + say(Foreign.REASON));
  }

  private String newest() {
    return stage.engine.read(tx -> tx.incidents().unclosed().get(0).id().toString());
  }

  private void whatGoesWrong() {
    stage.scene("Something does not work");
    stage.hears(
        new ChatEvent.OperatorNotice(
            stage.clock.instant(),
            ada.ref().platform(),
            "scope",
            "The permission to pin messages is missing. Add it and install the app again.",
            false));
    home(stage.person("ops"));
  }
}
