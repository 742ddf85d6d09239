// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.fake.FakeCertificate;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Fault;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRuntime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an examination finds out about Teams, and which mend it names. */
final class TeamsCheckTest extends OnTeams {

  private Check check() {
    return ground.platform().check();
  }

  private void calledOnce() {
    ground.place();
  }

  private static String noted(Check check) {
    assertEquals(List.of(), check.findings());
    assertEquals(1, check.notes().size(), check.toString());
    return check.notes().get(0);
  }

  private static String only(Check check) {
    assertEquals(1, check.findings().size(), check.toString());
    return check.findings().get(0);
  }

  @Test
  void everythingFine_findsNothing() {
    calledOnce();

    assertEquals(new Check(true, List.of()), check());
  }

  @Test
  void endpoint_neverCalled_isNamedWithThePageToWriteItOn() {
    assertFalse(check().ok());
    assertTrue(only(check()).contains("http://localhost:8080/api/messages and never will"));
    calledOnce();
    assertTrue(check().ok());
  }

  @Test
  void endpoint_refusedCallsAlone_countAsNeverCalled() {
    ground.push(ground.pushes().installed(), "Bearer forged");

    assertTrue(only(check()).contains("never called"));
  }

  @Test
  void credentials_wrong_areNamedWithTheMendAndNothingElseIsSaid() {
    calledOnce();
    ground.teams().login().refuseWith(7000215);

    Check check = check();

    assertFalse(check.ok());
    assertTrue(only(check).contains("TEAMS_APP_PASSWORD"), check.toString());
    assertFalse(check.toString().contains(FakeTeams.PASSWORD), check.toString());
  }

  private TeamsSettings with(String tenant, String team) {
    TeamsSettings right = ground.config();
    return new TeamsSettings(
        right.appId(),
        right.appPassword(),
        right.certificate(),
        tenant,
        List.of(team),
        right.loginUrl(),
        right.openidMetadataUrl(),
        right.graphUrl(),
        right.serviceUrlHosts(),
        false,
        right.privateOwner(),
        right.catalogApp(),
        right.alertChannels());
  }

  @Test
  void tenantOrHomeTeam_wrong_isNamed() {
    calledOnce();

    assertTrue(
        only(checked(with("nobody", FakeTenant.GROUP), clock)).contains("knows no such tenant"));
    assertTrue(only(checked(with(FakeTenant.TENANT, "nobody"), clock)).contains("groupId="));
  }

  private Check checked(TeamsSettings settings, ManualClock time) {
    try (TestRuntime runtime = new TestRuntime(time, memory, folder);
        ChatPlatform platform = new TeamsPlatformFactory().create(settings, inbox, runtime)) {
      return platform.check();
    }
  }

  @Test
  void permissions_missing_areNamedOneByOne_andOnlyNeededOnesAreWrong() {
    calledOnce();
    ground.teams().without("GroupMember.Read.All");

    assertTrue(check().ok());
    assertTrue(noted(check()).startsWith("Without the permission GroupMember.Read.All"));

    ground.teams().without("ChannelSettings.ReadWrite.Group");
    ground.teams().without("ChannelSettings.ReadWrite.All");
    clock.advance(Duration.ofMinutes(2));
    Check check = check();
    assertFalse(check.ok());
    assertTrue(only(check).contains("ChannelSettings.ReadWrite.Group"), check.toString());
    assertEquals(2, check.notes().size(), check.toString());
  }

  @Test
  void signIn_outOfReach_isNamedWithWhereToLook() {
    calledOnce();
    ground.teams().arm(Part.LOGIN, Fault.after(Fault.Kind.LOSES_THE_REPLY));

    String sentence = only(check());

    assertTrue(sentence.contains("proxy"), sentence);
    assertTrue(sentence.endsWith("."), sentence);
  }

  @Test
  void keys_unreachable_areNamed() {
    memory.put(List.of(Memory.Write.of("called/http", clock.instant().toString())));
    ground.teams().arm(Part.METADATA, Fault.answer(503));

    assertTrue(only(check()).contains("login.botframework.com"));
  }

  @ParameterizedTest
  @CsvSource({"7, ahead of", "-9, behind"})
  void clock_off_isToldWithTheCommand(int minutes, String where) {
    String sentence = TeamsCheck.clockOff(Duration.ofMinutes(minutes)).orElseThrow();

    assertTrue(sentence.contains(Math.abs(minutes) + " min " + where), sentence);
    assertTrue(sentence.contains("timedatectl"), sentence);
    assertTrue(TeamsCheck.clockOff(Duration.ofSeconds(90)).isEmpty());
  }

  @Test
  void certificate_endingSoon_isANote_andEnded_isWrong() {
    calledOnce();
    FakeCertificate soon = FakeCertificate.until(clock.instant().plusSeconds(86_400 * 5));
    ground.teams().login().register(soon);
    TeamsSettings settings = ground.config("", soon.certificatePem() + soon.keyPem());

    Check check = checked(settings, clock);
    assertTrue(check.ok(), check.toString());
    assertTrue(noted(check).contains("ends on"), check.toString());

    clock.advance(Duration.ofDays(6));
    assertFalse(checked(settings, clock).ok());
  }
}
