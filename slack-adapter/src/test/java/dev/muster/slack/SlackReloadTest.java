// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SocketLine;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator changes while the bot runs: the way to it, its secret, its alert channels. */
class SlackReloadTest {

  private static final String OTHER_SECRET = "another-signing-secret-0123456789";

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  private SocketGround ground;
  private SlackPeople people;
  private String room;

  @BeforeEach
  void open() {
    ground = new SocketGround(clock, folder);
    people = ground.people;
    room = people.channel("lobby", "ada");
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private void start(String mode) {
    ground.create(mode, inbox, memory).start();
  }

  private void reload(String mode, String secret, List<String> alertChannels) {
    ground.runtime.reload(
        new SlackSettings(
            true,
            mode,
            Secret.of(FakeSlack.BOT_TOKEN),
            Secret.of(FakeSlack.APP_TOKEN),
            secret.isEmpty() ? Secret.blank() : Secret.of(secret),
            ground.slack.apiUrl(),
            "incidents",
            alertChannels));
  }

  private void looksAround() {
    ((SlackPlatform) ground.platform).lookAround();
  }

  private Push said(String words) {
    return people.unheard("ada", room, words);
  }

  private int request(Push push, String secret) {
    byte[] body = push.httpBody().getBytes(StandardCharsets.UTF_8);
    String signature = Signed.signature(body, clock.instant(), secret);
    return TestRequest.status(
        ground.runtime.call(Signed.request(push.httpType(), body, clock.instant(), signature)));
  }

  private int request(Push push) {
    return request(push, Signed.SECRET);
  }

  private boolean overSocket(Push push) {
    return new SocketLine(ground.socket, ground.runtime.telemetry()).push(push).isAcknowledged();
  }

  private List<String> heard() {
    return inbox.heard(ChatEvent.MessagePosted.class).stream()
        .map(ChatEvent.MessagePosted::text)
        .toList();
  }

  private int gaps() {
    return inbox.heard(ChatEvent.ConnectionGap.class).size();
  }

  @Test
  void mode_fromRequestsToConnections_losesAndDoublesNothing() {
    start("http");
    Push first = said("one");
    assertEquals(200, request(first));

    reload("socket", "", List.of());
    assertEquals(200, request(said("two")), "sent before Slack changed over");
    looksAround();
    ground.awaitLive(2);
    assertTrue(overSocket(said("three")));
    assertEquals(200, request(first), "repeated after Slack changed over");

    assertEquals(List.of("one", "two", "three"), heard());
    ground.until(() -> gaps() == 1, "what was said in between is read");
    clock.advance(Duration.ofMinutes(10));
    assertEquals(404, request(said("four")));
    assertEquals(3, heard().size());
  }

  @Test
  void mode_fromConnectionsToRequestsAndOnToBoth_losesAndDoublesNothing() {
    start("socket");
    ground.awaitLive(2);
    assertEquals(404, request(said("too early")));
    Push first = said("one");
    assertTrue(overSocket(first));

    reload("http", Signed.SECRET, List.of());
    assertEquals(200, request(first), "repeated on the new way");
    looksAround();
    ground.socket.await(() -> ground.socket.live() == 0, "the connections are closed");
    assertEquals(0, ground.socket.unacknowledged());
    assertTrue(ground.runtime.telemetry().prometheusText().contains("muster_slack_sockets 0.0"));
    assertEquals(200, request(said("two")));
    clock.advance(Duration.ofSeconds(11));
    looksAround();
    clock.advance(Duration.ofSeconds(11));
    looksAround();
    assertEquals(1, gaps(), "what was said in between is read");

    reload("both", Signed.SECRET, List.of());
    clock.advance(Duration.ofSeconds(6));
    looksAround();
    ground.awaitLive(2);
    Push third = said("three");
    assertEquals(200, request(third));
    assertTrue(overSocket(third));
    assertEquals(List.of("one", "two", "three"), heard());
  }

  @Test
  void connections_closedForGood_takeTheirNoticesWithThem() throws java.io.IOException {
    start("socket");
    ground.awaitLive(2);
    ground.socket.switchOff(true);
    ground.until(() -> !notices().isEmpty(), "Slack switched Socket Mode off");

    reload("http", Signed.SECRET, List.of());
    looksAround();

    List<ChatEvent.OperatorNotice> told = notices();
    assertTrue(told.get(told.size() - 1).over(), told.toString());
  }

  private List<ChatEvent.OperatorNotice> notices() {
    return inbox.heard(ChatEvent.OperatorNotice.class).stream()
        .filter(notice -> notice.topic().equals("link_disabled"))
        .toList();
  }

  @Test
  void signingSecret_changed_isTakenBesideTheOneBeforeForTenMinutes() {
    start("http");
    assertEquals(401, request(said("forged"), OTHER_SECRET));

    reload("http", OTHER_SECRET, List.of());
    assertEquals(200, request(said("one"), OTHER_SECRET));
    assertEquals(200, request(said("two")));
    clock.advance(Duration.ofMinutes(9));
    assertEquals(200, request(said("three")));
    clock.advance(Duration.ofMinutes(1));

    assertEquals(401, request(said("four")));
    assertEquals(200, request(said("five"), OTHER_SECRET));
    assertEquals(List.of("one", "two", "three", "five"), heard());
  }

  @Test
  void signingSecret_changedWhileNothingComes_endsTheOneBeforeAllTheSame() {
    start("http");
    reload("http", OTHER_SECRET, List.of());
    looksAround();
    clock.advance(Duration.ofMinutes(11));

    assertEquals(401, request(said("one")));
    assertEquals(200, request(said("two"), OTHER_SECRET));
  }

  @Test
  void alertChannels_changed_areEnteredWithoutARestart() {
    people.strangersChannel("alerts", false);
    start("http");
    assertTrue(ground.slack.calls("conversations.join").isEmpty());

    reload("http", Signed.SECRET, List.of("#alerts"));
    looksAround();
    looksAround();

    assertEquals(1, ground.slack.calls("conversations.join").size());
    assertFalse(ground.platform.check().findings().toString().contains("Invite the bot"));
  }
}
