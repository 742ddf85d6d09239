// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Reading;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be there twice says so for good, also when the bot was started anew in between. */
final class RepeatMarksTest extends OnTeams {

  private static final String ASKED = "ada is asked to join.";

  @TempDir Path otherFiles;

  private List<String> shown() {
    return ground.place().messages().stream()
        .map(message -> Reading.of(message.activity()).words().lines().findFirst().orElse(""))
        .toList();
  }

  private ChatOutcome<?> invites(ChatPlatform platform) {
    UserRef ada = new UserRef("teams", ground.teams().tenant().person("ada").aad());
    return platform.invite(ground.placeRef(), List.of(ada));
  }

  private void losesTheReply() {
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));
  }

  /** Whoever was killed remembers what is durable alone. */
  private interface Later {
    void with(ChatPlatform platform);
  }

  private void startedAnew(Later later) {
    TestRuntime runtime = new TestRuntime(clock, memory, otherFiles);
    ChatPlatform other = new TeamsPlatformFactory().create(ground.config(), inbox, runtime);
    later.with(other);
    other.close();
    runtime.close();
  }

  @Test
  void repeat_edited_staysMarked() {
    ground.teams().without("ChannelMessage.Read.Group");
    OnceKey key = key("k");
    BotMessage card = BotMessage.card("Payments fail.", "SEV2");
    MessageRef repeat =
        done(ground.platform().post(key.again(), ground.placeRef(), Optional.empty(), card));

    done(ground.platform().edit(repeat, BotMessage.card("Payments fail.", "SEV1")));
    assertEquals(List.of("(repeat) SEV1"), shown());

    startedAnew(other -> done(other.edit(repeat, BotMessage.card("Payments work.", "SEV4"))));
    assertEquals(List.of("(repeat) SEV4"), shown());
  }

  @Test
  void invitation_lostAndTriedByTheNextProcess_isMarkedWhereNobodyMayLook() {
    ground.teams().without("ChannelMessage.Read.Group");
    losesTheReply();
    is(ChatOutcome.Unknown.class, invites(ground.platform()));

    startedAnew(other -> done(invites(other)));

    assertEquals(List.of(ASKED, "(repeat) " + ASKED), shown());
  }

  @Test
  void invitation_lostAndTriedByTheNextProcess_isFoundWhereItMayLook() {
    losesTheReply();
    is(ChatOutcome.Unknown.class, invites(ground.platform()));

    startedAnew(other -> done(invites(other)));

    assertEquals(List.of(ASKED), shown());
  }

  /** That an earlier try surely did nothing says nothing about the one that followed. */
  @Test
  void invitation_turnedAwayAndThenLost_isLookedFor() {
    ground.teams().arm(Part.CONNECTOR, Fault.later(429, 1));
    is(ChatOutcome.RetryLater.class, invites(ground.platform()));
    clock.advance(Attempts.ABSENT_TWICE_APART);
    losesTheReply();
    is(ChatOutcome.Unknown.class, invites(ground.platform()));

    done(invites(ground.platform()));

    assertEquals(List.of(ASKED), shown());
  }

  /** That the repeat surely did nothing says nothing about the first one, which nobody may see. */
  @Test
  void repeat_turnedAwayWhereNobodyMayLook_staysMarked() {
    ground.teams().without("ChannelMessage.Read.Group");
    OnceKey key = key("k");
    losesTheReply();
    is(ChatOutcome.Unknown.class, posts(key));
    ground.teams().arm(Part.CONNECTOR, Fault.later(429, 1));
    is(ChatOutcome.RetryLater.class, posts(key.again()));
    clock.advance(Attempts.ABSENT_TWICE_APART);

    done(posts(key.again().again()));

    assertEquals(List.of("SEV2", "(repeat) SEV2"), shown());
  }

  private ChatOutcome<MessageRef> posts(OnceKey key) {
    BotMessage card = BotMessage.card("Payments fail.", "SEV2");
    return ground.platform().post(key, ground.placeRef(), Optional.empty(), card);
  }

  @Test
  void invitation_lostAndThenTurnedAwayWhereNobodyMayLook_isMarked() {
    ground.teams().without("ChannelMessage.Read.Group");
    losesTheReply();
    is(ChatOutcome.Unknown.class, invites(ground.platform()));
    ground.teams().arm(Part.CONNECTOR, Fault.later(429, 1));
    is(ChatOutcome.RetryLater.class, invites(ground.platform()));
    clock.advance(Attempts.ABSENT_TWICE_APART);

    done(invites(ground.platform()));

    assertEquals(List.of(ASKED, "(repeat) " + ASKED), shown());
  }
}
