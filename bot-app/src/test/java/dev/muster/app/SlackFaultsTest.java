// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An incident opened by the whole bot while one method of Slack suffers: in the end there is one
 * channel, one pinned card, one announcement, and whoever declared it is inside.
 */
@Tag("proof")
class SlackFaultsTest {

  private static final Duration AFTER = Duration.ofMinutes(3);

  @TempDir Path folder;

  static Stream<Arguments> suffering() {
    List<String> methods =
        List.of(
            "conversations.create",
            "conversations.setTopic",
            "conversations.invite",
            "chat.postMessage",
            "pins.add",
            "response_url");
    List<FakeFault> faults =
        List.of(
            FakeFault.FAILS_BEFORE,
            FakeFault.LOSES_THE_REPLY,
            FakeFault.RATE_LIMITED,
            FakeFault.ANSWERS_HALF,
            FakeFault.FATAL_AFTER);
    return methods.stream().flatMap(m -> faults.stream().map(f -> Arguments.of(m, f)));
  }

  @ParameterizedTest
  @MethodSource("suffering")
  void opening_whileAMethodSuffers_endsWithOneOfEach(String method, FakeFault fault) {
    ManualClock clock = ManualClock.atNoon();
    try (SlackBot slack = SlackBot.start(folder, clock, "")) {
      slack.people().channel("checkout-team", "ada");
      slack.slack().arm(method, fault);

      slack.people().runs("ada", "checkout-team", "/incident declare! Checkout is down");
      slack.inTime("it is open", () -> isOpen(slack));
      Instant later = clock.instant().plus(AFTER);
      slack.inTime("what was sent twice would show", () -> !clock.instant().isBefore(later));

      List<ChannelNow> opened = incidents(slack);
      assertEquals(1, opened.size(), opened.toString());
      List<Posted> said = slack.sight().messages(opened.get(0).id());
      assertEquals(1, said.stream().filter(Posted::pinned).count(), said.toString());
      assertEquals(1, said.stream().filter(m -> headOf(m).equals(headOf(card(said)))).count());
      assertEquals(1, announcements(slack), slack.sight().messages("incidents").toString());
      assertEquals(List.of(slack.sight().idOf("ada")), opened.get(0).members());
    }
  }

  private static Posted card(List<Posted> said) {
    return said.stream().filter(Posted::pinned).findFirst().orElseThrow();
  }

  private static String headOf(Posted message) {
    return message.words().lines().findFirst().orElse("");
  }

  private static List<ChannelNow> incidents(SlackBot slack) {
    return slack.sight().channels().stream().filter(c -> c.name().startsWith("inc-1")).toList();
  }

  private static long announcements(SlackBot slack) {
    return slack.sight().messages("incidents").stream()
        .filter(m -> m.words().contains("Checkout is down") && m.thread().isEmpty())
        .count();
  }

  private static boolean isOpen(SlackBot slack) {
    List<ChannelNow> opened = incidents(slack);
    return opened.size() == 1
        && opened.get(0).members().size() == 1
        && !opened.get(0).topic().isEmpty()
        && slack.sight().messages(opened.get(0).id()).stream().anyMatch(Posted::pinned)
        && announcements(slack) > 0
        && !slack.sight().toldTo("ada").isEmpty();
  }
}
