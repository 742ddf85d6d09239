// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.teams.fake.FakeCertificate;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.testkit.TestRuntime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The app proves itself by secret or certificate; a refusal is for credentials and names the mend.
 */
final class SignInTest extends OnTeams {

  private ChatOutcome<MessageRef> post(String key) {
    return post(ground.platform(), key);
  }

  private ChatOutcome<MessageRef> post(ChatPlatform platform, String key) {
    return platform.post(key(key), ground.placeRef(), Optional.empty(), BotMessage.line("Hello."));
  }

  private static String refused(ChatOutcome<?> outcome) {
    assertTrue(outcome.refusedFor(ChatOutcome.Cause.CREDENTIALS), outcome.toString());
    return Reasons.of(outcome);
  }

  @Test
  void signIn_refused_isForCredentialsAndNamesTheMend() {
    Map<Integer, String> mends =
        Map.of(
            7000215, "app-password is wrong",
            7000222, "has expired",
            700016, "knows no such app",
            90002, "knows no such tenant",
            700027, "does not know the certificate",
            700024, "timedatectl",
            7000112, "switched off",
            4711, "Check app-id, app-password and tenant-id");
    mends.forEach(
        (code, mend) -> {
          ground.teams().login().refuseWith(code);
          clock.advance(Duration.ofSeconds(5));
          String told = refused(post("k"));
          assertTrue(told.contains(mend), told);
          assertFalse(told.contains("AADSTS"), told);
        });
    assertEquals(0, ground.teams().calls(Part.CONNECTOR));
  }

  @Test
  void signIn_blockedOnTheWay_isForCredentialsToo() {
    for (int status : new int[] {403, 404}) {
      ground.teams().arm(Part.LOGIN, Fault.answer(status));
      clock.advance(Duration.ofSeconds(5));
      assertTrue(refused(post("k")).contains("no proxy"));
    }
  }

  @Test
  void signIn_serviceInTrouble_isTriedLater() {
    for (int status : new int[] {408, 429, 500, 503}) {
      ground.teams().arm(Part.LOGIN, Fault.later(status, 7));
      clock.advance(Duration.ofSeconds(7));
      is(ChatOutcome.RetryLater.class, post("k"));
    }
    clock.advance(Duration.ofSeconds(7));
    done(post("k"));
  }

  @Test
  void secret_changedInEntra_isRefusedUntilTheReloadBringsTheNewOne() {
    done(post("before"));
    ground.teams().login().changeSecret("another-secret-5511");
    assertTrue(refused(post("between")).contains("TEAMS_APP_PASSWORD"));

    ground.runtime().reload(ground.config("another-secret-5511", ""));

    done(post("after"));
    assertEquals(2, ground.place().messages().size());
  }

  @Test
  void certificate_registered_signsInAndRenews() {
    FakeCertificate certificate = FakeCertificate.ofTests();
    ground.teams().login().register(certificate);
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform platform =
            new TeamsPlatformFactory().create(with(certificate), inbox, runtime)) {
      done(post(platform, "first"));
      clock.advance(Duration.ofHours(2));
      done(post(platform, "second"));
    }
    assertEquals(2, ground.teams().calls(Part.LOGIN));
  }

  private TeamsSettings with(FakeCertificate certificate) {
    return ground.config("", certificate.certificatePem() + certificate.keyPem());
  }

  @Test
  void certificate_notRegistered_isRefusedUntilTheReloadBringsTheRightOne() {
    FakeCertificate wrong = FakeCertificate.ofTests();
    FakeCertificate right = FakeCertificate.until(clock.instant().plusSeconds(9_000_000));
    ground.teams().login().register(right);
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform platform = new TeamsPlatformFactory().create(with(wrong), inbox, runtime)) {
      assertTrue(refused(post(platform, "k")).contains("public part"));

      runtime.reload(with(right));

      done(post(platform, "k"));
    }
  }
}
