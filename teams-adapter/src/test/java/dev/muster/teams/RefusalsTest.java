// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why Teams refuses is told apart, since the incident goes on differently each time. */
final class RefusalsTest extends OnTeams {

  private ChatOutcome<MessageRef> post(String value) {
    return ground
        .platform()
        .post(key(value), ground.placeRef(), Optional.empty(), BotMessage.line("Payments fail."));
  }

  private ChatOutcome<ChatOutcome.Nothing> tell(String value, FakePerson who) {
    UserRef user = new UserRef("teams", who.aad());
    ReplyTo to =
        new ReplyTo(user, ground.placeRef(), Optional.empty(), clock.instant(), Optional.empty());
    return ground.platform().tell(key(value), to, BotMessage.line("For you."));
  }

  private static void refused(Cause cause, ChatOutcome<?> outcome) {
    assertTrue(outcome.refusedFor(cause), outcome.toString());
  }

  @Test
  void place_leftArchivedOrDeleted_isToldApart() {
    MessageRef message = done(post("before"));
    FakeConversation place = ground.place();

    place.takeBotOut();
    refused(Cause.NOT_A_MEMBER, post("out"));
    refused(Cause.NOT_A_MEMBER, ground.platform().edit(message, BotMessage.line("Now.")));
    place.bringBotBack();
    place.archive(true);
    refused(Cause.CHANNEL_GONE, post("archived"));
    place.archive(false);
    ground.teams().tenant().delete(place.messages().get(0));
    clock.advance(Duration.ofSeconds(30));
    refused(Cause.MESSAGE_GONE, ground.platform().edit(message, BotMessage.line("Now.")));
    ground.teams().tenant().remove(place);
    refused(Cause.CHANNEL_GONE, post("deleted"));
    refused(Cause.CHANNEL_GONE, ground.platform().archive(ground.placeRef()));
    refused(Cause.CHANNEL_GONE, ground.platform().setTopic(ground.placeRef(), "SEV1"));
  }

  @Test
  void status_withoutAKnownCode_saysNoMoreThanItself() {
    ground.teams().arm(Part.CONNECTOR, Fault.answer(404));
    refused(Cause.OTHER, post("no such thing"));
    ground.teams().arm(Part.CONNECTOR, Fault.answer(403));
    refused(Cause.PERMISSION, post("not allowed"));
  }

  @Test
  void person_hasBlockedTheBot_isSaidWithTheReason() {
    FakePerson ada = ground.teams().tenant().person("ada");
    done(tell("first", ada));
    ground.teams().tenant().direct(ada).block();

    ChatOutcome<?> outcome = tell("second", ada);

    assertTrue(Reasons.of(outcome).contains("the person has blocked the app"), outcome.toString());
  }

  @Test
  void chatWithAPerson_gone_isOpenedAnewOnce() {
    FakePerson ada = ground.teams().tenant().person("ada");
    done(tell("first", ada));
    ground.teams().tenant().remove(ground.teams().tenant().direct(ada));

    done(tell("second", ada));

    assertEquals(1, ground.teams().tenant().direct(ada).messages().size());
  }

  @Test
  void newChannel_neverReady_isWaitedForAMinuteAndThenGone() {
    OpenedChannel opened =
        done(ground.platform().openChannel(key("open"), new ChannelSpec("inc-1", "SEV3", false)));
    FakeConversation channel =
        ground.teams().tenant().conversation(opened.channel().id()).orElseThrow();
    ground.teams().tenant().remove(channel);
    BotMessage line = BotMessage.line("Payments fail.");

    is(
        ChatOutcome.RetryLater.class,
        ground.platform().post(key("a"), opened.channel(), Optional.empty(), line));
    clock.advance(Duration.ofSeconds(61));
    refused(
        Cause.CHANNEL_GONE,
        ground.platform().post(key("b"), opened.channel(), Optional.empty(), line));
  }
}
