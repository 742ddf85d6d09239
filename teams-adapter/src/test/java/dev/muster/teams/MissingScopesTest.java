// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.OperatorNotice;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Permissions of Graph come and go while the bot runs: told once, done without, and used again. */
final class MissingScopesTest extends OnTeams {

  private static final String CREATE = "Channel.Create.Group";
  private static final String READ = "ChannelMessage.Read.Group";
  private static final String ARCHIVE = "ChannelSettings.ReadWrite.All";

  private void start() {
    ground.platform().start();
  }

  /** Lets the bot look around as it does every few seconds. */
  private void later(Duration time) {
    clock.advance(time);
    ((TeamsPlatform) ground.platform()).lookAround();
  }

  private List<OperatorNotice> told() {
    return inbox.heard(OperatorNotice.class).stream().filter(notice -> !notice.over()).toList();
  }

  private List<String> over() {
    return inbox.heard(OperatorNotice.class).stream()
        .filter(OperatorNotice::over)
        .map(OperatorNotice::topic)
        .toList();
  }

  private boolean can(Capability capability) {
    return ground.platform().capabilities().contains(capability);
  }

  private ChatOutcome<OpenedChannel> open(String key) {
    return ground.platform().openChannel(key(key), new ChannelSpec("inc-" + key, "", false));
  }

  @Test
  void everythingGranted_nobodyIsToldAndNobodyIsAskedAgain() {
    start();
    long before = ground.teams().calls(Part.LOGIN);
    later(Duration.ofMinutes(50));

    assertEquals(List.of(), inbox.heard(OperatorNotice.class));
    assertTrue(can(Capability.ARCHIVE));
    assertEquals(before, ground.teams().calls(Part.LOGIN));
  }

  @Test
  void declinedPermissions_areToldOnceInOneMessageWithTheMend() {
    ground.teams().without(ARCHIVE);
    ground.teams().without(READ);
    start();
    for (int i = 0; i < 3; i++) {
      later(Duration.ofHours(30));
    }

    assertEquals(1, told().size(), told()::toString);
    String said = told().get(0).sentence();
    assertTrue(said.contains("Without the permission ChannelMessage.Read.Group the timel"), said);
    assertTrue(said.contains("Without the permission ChannelSettings.ReadWrite.All ch"), said);
    assertTrue(said.contains("resourceSpecific"), said);
    assertTrue(said.contains("grant admin consent"), said);
    assertFalse(can(Capability.ARCHIVE));
    assertFalse(can(Capability.HISTORY));
    assertFalse(can(Capability.ALL_MESSAGES_HEARD));
    assertTrue(can(Capability.PRIVATE_CHANNELS));
  }

  /** What an app may do is written into its token: a consent given since needs a new one. */
  @Test
  void consentGivenSince_isUsedByTheVeryCallThatNeedsIt() {
    ground.teams().without(CREATE);
    start();
    assertEquals("needed_scopes/" + CREATE, told().get(0).topic());
    assertTrue(told().get(0).sentence().startsWith("Muster cannot do its job in Teams."));
    ground.teams().with(CREATE);
    long before = ground.teams().calls(Part.LOGIN);

    done(open("1"));

    assertEquals(before + 1, ground.teams().calls(Part.LOGIN));
    later(Duration.ofSeconds(5));
    assertEquals(List.of("needed_scopes/" + CREATE), over());
  }

  @Test
  void permissionMissing_callIsRefusedWithItsNameAndAsksForOneTokenAMinute() {
    ground.teams().without(CREATE);
    start();
    long before = ground.teams().calls(Part.LOGIN);

    ChatOutcome<OpenedChannel> first = open("1");
    for (int i = 2; i < 6; i++) {
      open(String.valueOf(i));
    }

    assertTrue(first.refusedFor(ChatOutcome.Cause.PERMISSION), first.toString());
    assertTrue(Reasons.of(first).contains("is not permitted. Without the permission " + CREATE));
    assertEquals(before + 1, ground.teams().calls(Part.LOGIN));
  }

  @Test
  void permissionTakenAway_isNoticedByTheCall_toldOnce_andUsedAgainOnceGranted() {
    start();
    ground.teams().without(READ);
    ground.teams().login().revoke();
    assertTrue(can(Capability.HISTORY));

    ChatOutcome<?> read =
        ground.platform().readHistory(ground.placeRef(), clock.instant(), Optional.empty());
    later(Duration.ofSeconds(5));
    later(Duration.ofSeconds(5));

    assertTrue(read.refusedFor(ChatOutcome.Cause.PERMISSION), read.toString());
    assertFalse(can(Capability.HISTORY));
    assertEquals(1, told().size(), told()::toString);

    ground.teams().with(READ);
    later(Footing.CONSENT_ASKED_AGAIN);

    assertTrue(can(Capability.HISTORY));
    assertEquals(List.of(told().get(0).topic()), over());
  }

  /** A 403 that is about the thing and not about the app says nothing of permissions. */
  @Test
  void otherRefusals_areNoMatterOfPermissions() {
    start();
    long before = ground.teams().calls(Part.LOGIN);
    ground.teams().arm(Part.GRAPH, Fault.answer(403));

    ChatOutcome<OpenedChannel> refused = open("1");
    later(Duration.ofSeconds(5));

    assertTrue(refused.refusedFor(ChatOutcome.Cause.PERMISSION), refused.toString());
    assertEquals(List.of(), told());
    assertEquals(before, ground.teams().calls(Part.LOGIN));
  }

  @Test
  void credentialsRefused_areToldAndTheirReturnIsNoticed() {
    ground.teams().login().refuseWith(7000222);
    start();
    later(Duration.ofSeconds(5));

    assertEquals(List.of("credentials"), told().stream().map(OperatorNotice::topic).toList());
    assertTrue(told().get(0).sentence().contains("expired"), told().get(0).sentence());

    ground.teams().login().refuseWith(null);
    later(Footing.ASKED_AGAIN);

    assertEquals(List.of("credentials"), over());
  }
}
