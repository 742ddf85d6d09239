// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import dev.muster.app.FakeProvider.Fault;
import dev.muster.testkit.ManualClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A whole bot that people sign in to, and the provider that vouches for them. */
final class SignInGround implements AutoCloseable {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeProvider provider = new FakeProvider(clock);
  private final BotHarness bot;
  private String yaml =
      "server: { port: 0, auth: { oidc: "
          + provider.yaml()
          + " } }\nalerts: { sources: [ { name: alertmanager, kind: alertmanager },"
          + " { name: other, kind: alertmanager } ] }\n";

  SignInGround(Path folder) {
    bot = BotHarness.start(folder, clock, yaml);
  }

  FakeProvider provider() {
    return provider;
  }

  BotHarness bot() {
    return bot;
  }

  void advance(Duration step) {
    clock.advance(step);
  }

  /** Lets the provider keep its rules again. */
  void mend() {
    provider.fault = Fault.NONE;
    provider.down = false;
    provider.algorithm = JWSAlgorithm.RS256;
    provider.person = FakeProvider.person("1001", "ada", "engineers");
  }

  /** Starts the bot anew with another configuration. */
  void restart(UnaryOperator<String> change) {
    yaml = change.apply(yaml);
    bot.configure(yaml);
    bot.restart();
  }

  SignInBrowser browser() {
    return new SignInBrowser(bot.http().port());
  }

  SignInBrowser signedIn(String subject, String name, String... groups) {
    provider.person = FakeProvider.person(subject, name, groups);
    SignInBrowser browser = browser();
    assertEquals("/incidents", SignInBrowser.to(browser.signIn()));
    return browser;
  }

  /** Returns what the sign-in page is asked to say. */
  static String problem(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    return FakeProvider.query("http://x" + SignInBrowser.to(answer))
        .getOrDefault("problem", "none");
  }

  @Override
  public void close() {
    bot.close();
    provider.close();
  }
}
