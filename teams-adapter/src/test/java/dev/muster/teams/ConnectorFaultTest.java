// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector does wrong is never made worse by us, nor by the SDK. */
final class ConnectorFaultTest extends OnTeams {

  private ChatOutcome<MessageRef> post(OnceKey key) {
    return post(key, Optional.empty());
  }

  private ChatOutcome<MessageRef> post(OnceKey key, Optional<String> thread) {
    return ground
        .platform()
        .post(key, ground.placeRef(), thread, BotMessage.line("Payments fail."));
  }

  private long posts() {
    return ground.teams().ledger().stream()
        .filter(call -> call.part() == Part.CONNECTOR && call.method().equals("POST"))
        .count();
  }

  /** The SDK's own client repeats 408 and 5xx up to three times when nobody stops it. */
  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void post_serverFailure_isUnknownAfterExactlyOneRequest(int status) {
    ground.teams().arm(Part.CONNECTOR, Fault.answer(status));

    is(ChatOutcome.Unknown.class, post(key("k")));

    assertEquals(1, posts());
  }

  @ParameterizedTest
  @ValueSource(ints = {412, 429})
  void post_turnedAway_waitsAsLongAsTeamsSays(int status) {
    ground.teams().arm(Part.CONNECTOR, Fault.later(status, 11));

    ChatOutcome<MessageRef> outcome = post(key("k"));

    is(ChatOutcome.RetryLater.class, outcome);
    Duration after = ((ChatOutcome.RetryLater<MessageRef>) outcome).after();
    assertTrue(after.compareTo(Duration.ofSeconds(11)) >= 0, "before its time: " + after);
    assertTrue(after.compareTo(Duration.ofMillis(12_100)) <= 0, "long after: " + after);
    is(ChatOutcome.RetryLater.class, post(key("meanwhile")));
    assertEquals(1, posts());
    clock.advance(after);
    done(post(key("k").again()));
    assertEquals(2, posts());
  }

  @Test
  void post_halfAnAnswer_isUnknownAndFoundAgain() {
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.HALF_AN_ANSWER));
    OnceKey key = key("k");

    is(ChatOutcome.Unknown.class, post(key));

    MessageRef found = done(post(key.again()));
    assertEquals(1, posts());
    assertEquals(List.of(found.id()), ground.place().messages().stream().map(m -> m.id()).toList());
  }

  @Test
  void post_replyLostInAThread_isFoundInThatThread() {
    MessageRef root = done(post(key("root")));
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    OnceKey key = key("reply");

    is(ChatOutcome.Unknown.class, post(key, Optional.of(root.id())));
    MessageRef found = done(post(key.again(), Optional.of(root.id())));

    assertTrue(found.id().startsWith(root.id() + "/"), found.id());
    assertEquals(2, posts());
  }

  /** Without the permission to read, a second post may be a double: it says so. */
  @ParameterizedTest
  @EnumSource(value = Urgency.class, mode = EnumSource.Mode.EXCLUDE, names = "NEWS")
  void post_cannotBeLookedFor_isSentAgainAsARepeat(Urgency urgency) {
    ground.teams().without("ChannelMessage.Read.Group");
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    OnceKey key = new OnceKey("k", 1, clock.instant(), urgency);
    is(ChatOutcome.Unknown.class, post(key));

    done(post(key.again()));

    assertEquals(List.of("Payments fail.", "(repeat) Payments fail."), shown());
  }

  @Test
  void post_newsThatCannotBeLookedFor_isNotSentAgain() {
    ground.teams().without("ChannelMessage.Read.Group");
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    OnceKey key = new OnceKey("k", 1, clock.instant(), Urgency.NEWS);
    is(ChatOutcome.Unknown.class, post(key));

    is(ChatOutcome.Refused.class, post(key.again()));

    assertEquals(List.of("Payments fail."), shown());
  }

  /** What was surely not done is sent as it is, and nobody has to look for it. */
  @Test
  void post_turnedAwayWithoutPermissionToRead_isNoRepeat() {
    ground.teams().without("ChannelMessage.Read.Group");
    ground.teams().arm(Part.CONNECTOR, Fault.later(429, 1));
    is(ChatOutcome.RetryLater.class, post(key("k")));
    clock.advance(Duration.ofSeconds(2));

    done(post(key("k").again()));

    assertEquals(List.of("Payments fail."), shown());
  }

  private List<String> shown() {
    return ground.place().messages().stream()
        .map(message -> Reading.of(message.activity()).words())
        .toList();
  }

  @Test
  void token_refusedOnce_isRenewedAndTheCallDone() {
    done(post(key("first")));
    ground.teams().arm(Part.CONNECTOR, Fault.answer(401));

    done(post(key("second")));

    assertEquals(2, ground.teams().calls(Part.LOGIN));
    assertEquals(2, ground.place().messages().size());
  }

  @Test
  void token_manyCalls_isFetchedOnceAndOutlivesTheSignIn() {
    for (int i = 0; i < 3; i++) {
      done(post(key("k" + i)));
    }
    assertEquals(1, ground.teams().calls(Part.LOGIN));

    clock.advance(Duration.ofMinutes(57));
    ground.teams().arm(Part.LOGIN, Fault.answer(503));
    done(post(key("late")));
    clock.advance(Duration.ofMinutes(4));
    ground.teams().arm(Part.LOGIN, Fault.answer(503));

    is(ChatOutcome.RetryLater.class, post(key("too late")));
  }

  @Test
  void edit_serverFailure_isUnknownAndRepeatedWithoutHarm() {
    MessageRef message = done(post(key("k")));
    ground.teams().arm(Part.CONNECTOR, Fault.answer(502));
    BotMessage now = BotMessage.line("Payments work.");

    is(ChatOutcome.Unknown.class, ground.platform().edit(message, now));
    clock.advance(Duration.ofSeconds(3));
    done(ground.platform().edit(message, now));

    assertEquals(1, ground.place().messages().size());
  }

  /** A row somebody changed in the store must not lead the token elsewhere. */
  @Test
  void address_changedInTheStore_getsNoTokenAndNoCall() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer thief =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    thief.createContext("/", exchange -> calls.incrementAndGet());
    thief.start();
    String foreign = "http://localhost:" + thief.getAddress().getPort() + "/";
    String place = ground.place().id();
    memory.put(List.of(Memory.Write.of("address/" + place, foreign)));
    memory.put(List.of(Memory.Write.of("address", foreign)));
    try (TeamsGround again = new TeamsGround(memory, inbox, clock, folder)) {
      memory.put(List.of(Memory.Write.of("address/" + place, foreign)));
      memory.put(List.of(Memory.Write.of("address", foreign)));

      ChatOutcome<MessageRef> outcome =
          again
              .platform()
              .post(key("k"), ground.placeRef(), Optional.empty(), BotMessage.line("secret"));

      is(ChatOutcome.Refused.class, outcome);
    } finally {
      thief.stop(0);
    }
    assertEquals(0, calls.get());
  }

  private ReplyTo replyTo(FakePerson who) {
    return new ReplyTo(
        new UserRef("teams", who.aad()),
        ground.placeRef(),
        Optional.of(ground.placeRef().id()),
        clock.instant().plusSeconds(3600),
        Optional.empty());
  }

  @Test
  void tell_tenantWithoutTargetedMessages_goesToTheChatWithThePerson() {
    FakePerson ada = ground.teams().tenant().person("ada");
    ground.teams().arm(Part.CONNECTOR, Fault.answer(400));

    done(ground.platform().tell(key("t"), replyTo(ada), BotMessage.line("For you.")));

    assertEquals(1, ground.teams().tenant().direct(ada).messages().size());
    assertEquals(0, ground.place().messages().size());
  }

  @Test
  void tell_replyLost_isNeverToldTwiceAndTurnedAwayIs() {
    FakePerson ada = ground.teams().tenant().person("ada");
    OnceKey lost = key("lost");
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    is(
        ChatOutcome.Unknown.class,
        ground.platform().tell(lost, replyTo(ada), BotMessage.line("Once.")));
    is(
        ChatOutcome.Refused.class,
        ground.platform().tell(lost.again(), replyTo(ada), BotMessage.line("Once.")));

    OnceKey later = key("later");
    ground.teams().arm(Part.CONNECTOR, Fault.later(429, 1));
    is(
        ChatOutcome.RetryLater.class,
        ground.platform().tell(later, replyTo(ada), BotMessage.line("Later.")));
    clock.advance(Duration.ofSeconds(2));
    done(ground.platform().tell(later.again(), replyTo(ada), BotMessage.line("Later.")));

    assertEquals(2, ground.place().messages().size());
  }

  @Test
  void calls_everyOne_carryTheRightTokenOrNone() {
    done(post(key("k")));
    done(ground.platform().findChannel("meeting-place"));

    for (FakeTeams.Call call : ground.teams().ledger()) {
      boolean signed = !call.authorization().isEmpty();
      boolean ours =
          call.part() != Part.LOGIN && call.part() != Part.METADATA && call.part() != Part.KEYS;
      assertEquals(ours, signed, call.path());
    }
  }
}
