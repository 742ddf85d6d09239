// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.effect.Priority;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTeams;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More to say than Teams takes: what is urgent goes first, the rest is merged, nothing is lost. */
class StormTest extends AlertsInTeams {

  private static final String PAGE = "Please come to INC-1.";

  private boolean isShown(String text) {
    return shown("INC-1").stream().anyMatch(m -> m.contains(text));
  }

  private List<FakeTeams.Call> editsOf(FakeMessage message) {
    return teams.teams().ledger().stream()
        .filter(call -> call.kind().equals(Optional.of(FakeCall.UPDATE)))
        .filter(
            call ->
                URLDecoder.decode(call.path(), StandardCharsets.UTF_8).endsWith("/" + message.id()))
        .toList();
  }

  @Tag("proof")
  @Test
  void fiveHundredUpdates_ofOneCard_endWithTheLastInFewCallsAndDelayNoPage() {
    fires("db", 0);
    teams.engine().pass(Duration.ofSeconds(10), TICK);
    Instant paged = Instant.MAX;
    Optional<Instant> seen = Optional.empty();
    Instant began = now();

    for (int i = 1; i <= 500; i++) {
      fires("db", i);
      if (i % 4 == 0) {
        order("news/" + i, Priority.CARDS, "Card " + i + " of a chatty step.");
      }
      if (i == 250) {
        order("page", Priority.PAGING, PAGE);
        paged = now();
      }
      teams.engine().pass(TICK, TICK);
      if (i >= 250 && seen.isEmpty() && isShown(PAGE)) {
        seen = Optional.of(now());
      }
    }
    Duration storm = Duration.between(began, now());
    // Posts and changes share what a conversation takes: one a second.
    teams.engine().pass(Duration.ofMinutes(3), Duration.ofSeconds(1));

    FakeMessage list =
        teams.room("INC-1").messages().stream()
            .filter(m -> words(m).contains("firing"))
            .findFirst()
            .orElseThrow();
    assertTrue(words(list).contains("501 firing"), words(list));
    long fewest = 1 + storm.toSeconds() / 3;
    int edits = editsOf(list).size();
    assertTrue(edits <= 1.2 * fewest, edits + " edits where " + fewest + " would do");
    Duration delay = Duration.between(paged, seen.orElseThrow());
    assertTrue(delay.compareTo(Duration.ofSeconds(5)) <= 0, "the page came after " + delay);
    for (int i = 4; i <= 500; i += 4) {
      assertTrue(isShown("Card " + i + " of"), "card " + i + " is lost");
    }
    assertEquals(List.of(), teams.teams().tooMany());
  }
}
