// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.spi.AlertChannel;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.SlackApi;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The alert channels are found and joined in the end, whatever the listing suffered. */
class AlertRoomsFaultTest {

  private final ManualClock clock = ManualClock.atNoon();

  @ParameterizedTest
  @EnumSource(
      value = FakeFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DELAYS"})
  void listing_thatSuffered_isKnownTheNextTime(FakeFault fault) {
    try (FakeSlack slack = new FakeSlack(clock);
        SlackApi api =
            new SlackApi(
                new OkHttpClient(),
                slack.apiUrl(),
                () -> Secret.of(FakeSlack.BOT_TOKEN),
                "alert-rooms-" + fault,
                clock,
                new Telemetry())) {
      new SlackPeople(slack, push -> Pushed.NOBODY).strangersChannel("alerts", false);
      Identity identity = new Identity(api);
      identity.ask();
      ChannelDirectory directory = new ChannelDirectory(api);
      AlertRooms rooms = new AlertRooms(api, identity, directory, () -> List.of("alerts"));
      slack.arm("conversations.list", fault);

      Optional<List<AlertChannel>> found = rooms.enter();
      for (int i = 0; i < 3 && found.isEmpty(); i++) {
        clock.advance(Duration.ofMinutes(1));
        found = rooms.enter();
      }

      assertEquals(Optional.empty(), found.orElseThrow().get(0).problem());
      assertEquals(1, slack.effects().stream().filter(e -> e.startsWith("joined")).count());
    }
  }
}
