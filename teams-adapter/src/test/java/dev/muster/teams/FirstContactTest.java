// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Before Teams has called for the first time it cannot be asked and takes nothing, which says
 * nothing of anybody.
 */
final class FirstContactTest extends OnTeams {

  private static final Memory.Write NO_ADDRESS = new Memory.Write("address", Optional.empty());

  private void nobodyCalled() {
    memory.put(
        List.of(NO_ADDRESS, new Memory.Write("address/" + FakeTenant.TEAM, Optional.empty())));
  }

  private ChatOutcome<?> post(OnceKey key, ChannelRef channel) {
    return ground.platform().post(key, channel, Optional.empty(), BotMessage.line("Look here."));
  }

  private ChatOutcome<?> tell(OnceKey key, UserRef user) {
    ReplyTo to =
        new ReplyTo(
            user, ChannelRef.aloneWith(user), Optional.empty(), Instant.EPOCH, Optional.empty());
    return ground.platform().tell(key, to, BotMessage.line("Look here."));
  }

  @Test
  void person_askedForBeforeTeamsHasCalled_isNotUnknown() {
    nobodyCalled();
    FakePerson ada = ground.teams().tenant().person("ada");

    is(ChatOutcome.RetryLater.class, ground.platform().findPerson(ada.aad()));

    ground.place();
    assertEquals(ada.aad(), done(ground.platform().findPerson(ada.aad())).person().ref().id());
  }

  @Test
  void words_forAPersonOrAChannel_waitUntilTeamsHasCalled() {
    nobodyCalled();
    FakePerson ada = ground.teams().tenant().person("ada");
    UserRef user = new UserRef("teams", ada.aad());
    FakeConversation lobby = ground.teams().tenant().channel("lobby", "");
    OnceKey direct = key("direct");
    OnceKey open = key("open");
    is(ChatOutcome.RetryLater.class, tell(direct, user));
    is(ChatOutcome.RetryLater.class, post(open, TeamsGround.ref(lobby)));

    ground.place();

    is(ChatOutcome.Done.class, tell(direct.again(), user));
    is(ChatOutcome.Done.class, post(open.again(), TeamsGround.ref(lobby)));
    assertEquals(1, ground.teams().tenant().direct(ada).messages().size());
    assertEquals(1, lobby.messages().size());
  }

  /** The app is nowhere yet, which Teams answers like a want of rights. */
  @Test
  void refusal_ofAnAppThatNobodyAdded_isTooEarlyAndLaterOneIs() {
    memory.put(List.of(NO_ADDRESS));
    FakeConversation general = ground.teams().tenant().conversation(FakeTenant.TEAM).orElseThrow();
    ground.teams().arm(Part.CONNECTOR, Fault.answer(403));
    is(ChatOutcome.RetryLater.class, post(key("early"), TeamsGround.ref(general)));

    ground.place();
    ground.teams().arm(Part.CONNECTOR, Fault.answer(403));
    ChatOutcome<?> late = post(key("late"), TeamsGround.ref(general));
    assertTrue(late.refusedFor(ChatOutcome.Cause.PERMISSION), late.toString());
  }
}
