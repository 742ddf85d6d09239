// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.Check;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.Pushed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections break, fall silent, are refused and lied about; nothing is lost or doubled. */
class SocketFaultsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir Path folder;
  private SocketGround ground;
  private ChannelRef room;

  @BeforeEach
  void open() {
    ground = new SocketGround(clock, folder);
    room = new ChannelRef("slack", ground.people.channel("room", "ada"));
    ground.create("socket", inbox, memory).start();
    ground.awaitLive(2);
  }

  @AfterEach
  void close() {
    attemptsAreFiveSecondsApart();
    ground.close();
  }

  private void attemptsAreFiveSecondsApart() {
    List<Instant> asked = ground.socket.asked();
    for (int i = 1; i < asked.size(); i++) {
      Duration apart = Duration.between(asked.get(i - 1), asked.get(i));
      assertTrue(apart.compareTo(Duration.ofSeconds(5)) >= 0, "attempts " + apart + " apart");
    }
  }

  private List<String> heard() {
    return inbox.heard(ChatEvent.MessagePosted.class).stream()
        .map(ChatEvent.MessagePosted::text)
        .toList();
  }

  private List<String> notices(boolean over) {
    return inbox.heard(ChatEvent.OperatorNotice.class).stream()
        .filter(notice -> notice.over() == over)
        .map(ChatEvent.OperatorNotice::topic)
        .toList();
  }

  private void nothingLostOrDoubled(List<String> said) {
    clock.advance(Duration.ofSeconds(20));
    ground.awaitLive(2);
    awaitReports();
    ground.fill(inbox, room);
    List<String> heard = heard();
    List<String> lost = new ArrayList<>(said);
    lost.removeAll(heard);
    assertEquals(List.of(), lost);
    assertEquals(said.size(), heard.size());
  }

  /** Waits until the record of the last sign of life moves, as it does when no gap waits. */
  private void awaitReports() {
    long from = clock.millis();
    ground.until(
        () -> memory.get("heard-until").map(Long::parseLong).filter(at -> at >= from).isPresent(),
        "the report of the last gap");
  }

  /**
   * Waits until the adapter is less than half a minute behind the clock of the test, because on a
   * busy machine the clock would outrun it and the watchdog would rightly make everything anew.
   */
  private void awaitSignOfLife() {
    long oldest = clock.instant().minusSeconds(50).toEpochMilli();
    ground.stay(
        () -> memory.get("heard-until").map(Long::parseLong).filter(at -> at > oldest).isPresent(),
        "a sign of life");
  }

  @Test
  void everyConnection_brokenAgainAndAgainInEveryWay_losesAndDoublesNothing() throws IOException {
    List<String> said = new ArrayList<>();
    ground.impatient();
    for (int round = 0; round < 24; round++) {
      for (int i = 0; i < 3; i++) {
        said.add("round " + round + " message " + i);
        ground.people.types("ada", room.id(), said.get(said.size() - 1));
        if (i == 1) {
          breakSomething(round);
        }
      }
      clock.advance(Duration.ofSeconds(round % 5));
      ground.until(() -> ground.socket.live() > 0, "a connection");
      ground.socket.redeliver();
    }
    ground.awaitLive(2);
    clock.advance(Duration.ofSeconds(20));
    for (int i = 0; i < 3; i++) {
      ground.socket.redeliver();
    }
    ground.stay(() -> ground.socket.unacknowledged() == 0, "the last acknowledgements");

    assertTrue(ground.socket.lost() > 0, "the connections were never all gone");
    nothingLostOrDoubled(said);
  }

  private void breakSomething(int round) throws IOException {
    switch (round % 6) {
      case 0 -> ground.socket.killAll();
      case 1 -> ground.socket.killOne();
      case 2 -> ground.socket.closeOne();
      case 3 -> ground.socket.disconnectOne("warning");
      case 4 -> {
        ground.socket.disconnectOne("refresh_requested");
        ground.socket.killAll();
      }
      default -> {
        ground.slack.arm("apps.connections.open", FakeFault.ANSWERS_HTML);
        ground.socket.killAll();
      }
    }
  }

  @Test
  void silence_ofEveryConnection_isNoticedAndWhatWasSaidIsFound() {
    ground.impatient();
    ground.socket.freezeAll();
    ground.people.types("ada", room.id(), "into the silence");
    int before = ground.socket.accepted();
    ground.stay(() -> ground.socket.live() == 0, "that the silence is noticed");

    ground.until(() -> ground.socket.accepted() >= before + 2, "new connections");
    ground.awaitLive(2);
    ground.socket.redeliver();
    ground.stay(() -> ground.socket.unacknowledged() == 0, "the acknowledgement");

    nothingLostOrDoubled(List.of("into the silence"));
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeFault.class,
      names = {
        "ANSWERS_HTML",
        "ANSWERS_HALF",
        "FAILS_BEFORE",
        "FAILS_AFTER",
        "LOSES_THE_REPLY",
        "RATE_LIMITED",
        "RATE_LIMITED_BLINDLY",
        "CREDENTIALS_REFUSED"
      })
  void reconnecting_withEveryLieOfSlack_goesOnUntilItWorks(FakeFault fault) {
    int before = ground.socket.accepted();
    for (int i = 0; i < 4; i++) {
      ground.slack.arm("apps.connections.open", fault);
    }
    ground.impatient();
    ground.socket.killAll();
    ground.people.types("ada", room.id(), "while it lied");

    ground.until(() -> ground.socket.accepted() >= before + 2, "new connections");
    ground.awaitLive(2);

    nothingLostOrDoubled(List.of("while it lied"));
  }

  @Test
  void warning_isFollowedByASuccessorBeforeTheEnd_soThereIsNoGap() {
    clock.advance(Duration.ofSeconds(6));
    int before = ground.socket.accepted();
    ground.socket.disconnectOne("warning");

    ground.until(() -> ground.socket.accepted() == before + 1, "the successor");
    ground.people.types("ada", room.id(), "in between");

    assertEquals(List.of("in between"), heard());
    assertEquals(List.of(), inbox.heard(ChatEvent.ConnectionGap.class));
  }

  @Test
  void renewal_nearTheEndOfTheirTime_isStaggeredAndLeavesNoGap() {
    ground.socket.lasts(Duration.ofMinutes(3));
    ground.socket.killAll();
    ground.awaitLive(2);
    clock.advance(Duration.ofSeconds(20));
    awaitReports();
    int before = ground.socket.accepted();
    int gaps = inbox.heard(ChatEvent.ConnectionGap.class).size();

    for (int i = 0; i < 40; i++) {
      tenSecondsPass();
      awaitSignOfLife();
      ground.people.types("ada", room.id(), "message " + i);
      assertTrue(ground.socket.live() > 0, "both were renewed at once");
    }

    int renewed = ground.socket.accepted() - before;
    assertTrue(renewed >= 3 && renewed <= 8, "renewed " + renewed + " times in 7 minutes");
    assertEquals(40, heard().size());
    assertEquals(gaps, inbox.heard(ChatEvent.ConnectionGap.class).size());
  }

  /**
   * In a larger step nobody would have looked after the connections. While one is being opened the
   * clock stands: on a busy machine a greeting would take half a minute of it, and the others would
   * rightly be at their end before.
   */
  private void tenSecondsPass() {
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(2));
      ground.pause();
      ground.stay(() -> !ground.socket.isOpening(), "the connection that is being opened");
      ground.pause();
    }
  }

  @Test
  void linkDisabled_isToldOnceAndTriedSlowly_andItsEndIsTold() throws IOException {
    ground.socket.switchOff(true);
    int before = ground.socket.asked().size();
    Instant from = clock.instant();
    ground.until(() -> notices(false).contains("link_disabled"), "the notice");
    ground.until(
        () -> Duration.between(from, clock.instant()).toMinutes() >= 3, "three minutes to pass");
    int tries = ground.socket.asked().size() - before;
    assertTrue(tries <= 4, tries + " attempts in three minutes");
    assertFalse(ground.platform.check().ok());
    assertEquals(1, notices(false).stream().filter("link_disabled"::equals).count());

    ground.socket.switchOff(false);
    ground.awaitLive(2);

    ground.stay(() -> notices(true).contains("link_disabled"), "that it is over");
    assertTrue(ground.platform.check().ok());
  }

  @Test
  void tooManyConnections_isToldAndTriedSlowly() {
    ground.socket.most(0);
    ground.socket.killAll();
    int before = ground.socket.asked().size();
    ground.until(() -> notices(false).contains("too_many_websockets"), "the notice");
    Instant from = clock.instant();
    ground.until(
        () -> Duration.between(from, clock.instant()).toMinutes() >= 2, "two minutes to pass");
    assertTrue(ground.socket.asked().size() - before <= 4, "a tight loop");

    ground.socket.most(10);
    ground.awaitLive(2);
  }

  @Test
  void noConnectionForAMinute_isMadeAnewAndTold_andItsEndIsTold() {
    ground.socket.mute(true);
    ground.socket.killAll();
    ground.until(() -> notices(false).contains("socket_dead"), "the notice");
    assertTrue(ground.runtime.telemetry().counted("muster_slack_socket_made_anew_total") >= 1);
    Check check = ground.platform.check();
    assertTrue(check.findings().get(0).contains("No connection to Slack has lived"), "" + check);

    ground.socket.mute(false);
    ground.awaitLive(2);

    ground.stay(() -> notices(true).contains("socket_dead"), "that it is over");
    ground.people.types("ada", room.id(), "again");
    assertEquals(List.of("again"), heard());
  }

  @Test
  void appToken_refused_isToldWithTheMend() {
    for (int i = 0; i < 3; i++) {
      ground.slack.arm("apps.connections.open", FakeFault.CREDENTIALS_REFUSED);
    }
    ground.socket.killAll();

    ground.until(() -> notices(false).contains("app_token"), "the notice");

    String sentence = inbox.heard(ChatEvent.OperatorNotice.class).get(0).sentence();
    assertTrue(sentence.contains("connections:write"), sentence);
  }

  @Test
  void notStored_isNotAcknowledged_andStoredWhenItComesAgain() {
    RecordingInbox full = new RecordingInbox(memory);
    full.breakDisk();
    ground.stop();
    ground.create("socket", full, memory).start();
    ground.awaitLive(2);
    ground.people.types("ada", room.id(), "keep this");
    assertEquals(1, ground.socket.unacknowledged());
    ground.stop();

    ground.create("socket", inbox, memory).start();
    ground.awaitLive(2);
    ground.socket.redeliver();

    ground.stay(() -> ground.socket.unacknowledged() == 0, "the acknowledgement");
    assertEquals(List.of("keep this"), heard());
  }

  @Test
  void restart_inTheMiddle_reportsTheGapAndFindsWhatWasSaid() {
    ground.people.types("ada", room.id(), "before");
    clock.advance(Duration.ofMinutes(1));
    ground.stop();
    ground.impatient();
    ground.people.types("ada", room.id(), "while it was down");
    clock.advance(Duration.ofMinutes(4));

    ground.create("socket", inbox, memory).start();
    ground.awaitLive(2);

    ground.stay(
        () -> !inbox.heard(ChatEvent.ConnectionGap.class).isEmpty(), "the report of the gap");
    nothingLostOrDoubled(List.of("before", "while it was down"));
  }

  @Test
  void answersThatTakeLong_holdUpNoEvent() {
    inbox.answerWith(event -> new Answer.Accepted());
    inbox.block();

    Pushed pushed = ground.people.runs("ada", room.id(), "/incident status");
    ground.people.types("ada", room.id(), "are you there");

    assertTrue(pushed.isAcknowledged());
    assertEquals(List.of("are you there"), heard());
    assertEquals(Duration.ZERO, inbox.longestWait());
  }

  @Test
  void bothWays_bringingTheSameEvent_makeOneDelivery() {
    ground.stop();
    ground.create("both", inbox, memory).start();
    ground.awaitLive(2);
    var push = ground.people.unheard("ada", room.id(), "twice");

    int http =
        dev.muster.testkit.TestRequest.status(
            ground.runtime.call(dev.muster.slack.fake.Signed.request(push, clock.instant())));
    Pushed socket =
        new dev.muster.slack.fake.SocketLine(ground.socket, ground.runtime.telemetry()).push(push);

    assertEquals(200, http);
    assertTrue(socket.isAcknowledged());
    assertEquals(List.of("twice"), heard());
  }

  @Test
  void bothWays_whileSocketModeIsOff_hearOverHttpAlone() throws IOException {
    ground.stop();
    ground.create("both", inbox, memory).start();
    ground.awaitLive(2);
    ground.socket.switchOff(true);
    ground.until(() -> notices(false).contains("link_disabled"), "the notice");
    var push = ground.people.unheard("ada", room.id(), "by HTTP");

    ground.runtime.call(dev.muster.slack.fake.Signed.request(push, clock.instant()));

    assertEquals(List.of("by HTTP"), heard());
  }
}
