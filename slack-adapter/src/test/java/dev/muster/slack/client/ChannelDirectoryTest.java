// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slack tells of a channel that the bot makes in two ways at once, in either order. */
class ChannelDirectoryTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeSlack slack = new FakeSlack(clock);
  private final SlackApi api =
      new SlackApi(
          new OkHttpClient.Builder().addInterceptor(this::answered).build(),
          slack.apiUrl(),
          () -> Secret.of(FakeSlack.BOT_TOKEN),
          "channel-directory-test",
          clock,
          new Telemetry());
  private final ChannelDirectory directory = new ChannelDirectory(api);
  private final Optional<OpenedChannel> made =
      Optional.of(new OpenedChannel(new ChannelRef("slack", "C1"), "inc-1", "https://slack"));

  private Runnable meanwhile = () -> {};

  /** Does something between Slack's answer and our reading of it. */
  private Response answered(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    meanwhile.run();
    return response;
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  @Test
  void addedWhileItIsMade_thatChannel_needsNoLook() {
    directory.opening();
    assertFalse(directory.isStrange("C1"));
    assertFalse(directory.opened(made));
    assertEquals("inc-1", directory.nameOf("C1"));
  }

  @Test
  void addedWhileItIsMade_another_isLookedUpAfterTheLastOpening() {
    directory.opening();
    directory.opening();
    assertFalse(directory.isStrange("C2"));
    assertFalse(directory.opened(made));
    assertTrue(directory.opened(Optional.empty()));
    assertTrue(directory.isStrange("C2"));
  }

  @Test
  void addedAfterwards_onlyAnother_needsALook() {
    directory.opening();
    directory.opened(made);
    assertFalse(directory.isStrange("C1"));
    assertTrue(directory.isStrange("C2"));
  }

  @Test
  void heardWhileAllAreRead_staysAsItWasHeard() {
    directory.note("C3", "left-since");
    meanwhile =
        () -> {
          directory.opening();
          directory.opened(made);
        };

    directory.refresh();

    assertEquals("inc-1", directory.nameOf("C1"));
    assertEquals("", directory.nameOf("C3"));
  }
}
