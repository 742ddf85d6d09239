// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.effect.Priority;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.Payloads;
import dev.muster.testkit.GroupedAlerts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More to say than Teams takes: what is urgent goes first, the rest is merged, nothing is lost. */
class StormTest extends AlertsInTeams {

  private static final int CALLS = 100;
  private static final int PER_CALL = 20;
  private static final int GROUPS = 80;

  /** The incidents that one source may declare before the umbrella, and the umbrella. */
  private static final int MOST_INCIDENTS = 6;

  private static final String TITLE = "Checkout is down";
  private static final String DECLARES = Payloads.BOT_MENTION + " declare! " + TITLE;
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
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
        messages(teams.room("INC-1")).stream()
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

  /** Eighty groups, of which five declare, the rest go into the umbrella. */
  @Tag("proof")
  @Test
  void stormOfAlerts_whileAPersonDeclares_delaysNobodyAndLosesAndDoublesNothing() {
    Optional<Instant> asked = Optional.empty();
    Optional<Duration> answered = Optional.empty();
    Optional<Duration> opened = Optional.empty();
    for (int call = 0; call < CALLS; call++) {
      teams.engine().alerts(GroupedAlerts.SOURCE, alerts(call));
      if (call == CALLS / 2) {
        asked = Optional.of(now());
        teams.push(
            teams
                .pushes()
                .message(teams.saidUnheard("ada", teams.lobby(), DECLARES), teams.lobby()));
      }
      teams.engine().pass(TICK, TICK);
      Duration since = Duration.between(asked.orElse(now()), now());
      if (asked.isPresent() && answered.isEmpty() && isAnswered()) {
        answered = Optional.of(since);
      }
      if (asked.isPresent() && opened.isEmpty() && declaredRooms() == 1) {
        opened = Optional.of(since);
      }
    }
    teams.engine().pass(Duration.ofMinutes(3), Duration.ofSeconds(1));

    assertTrue(answered.orElseThrow().compareTo(AT_ONCE) <= 0, "answered after " + answered);
    assertTrue(opened.orElseThrow().compareTo(AT_ONCE) <= 0, "opened after " + opened);
    assertEquals(1, declaredRooms());
    assertEquals(MOST_INCIDENTS + 1, teams.engine().incidents());
    assertEveryAlertIsThere();
    assertNothingIsSaidTwice();
    assertEquals(List.of(), teams.teams().tooMany());
  }

  private Alert[] alerts(int call) {
    return IntStream.range(0, PER_CALL)
        .map(i -> call * PER_CALL + i)
        .mapToObj(n -> GroupedAlerts.fires("group-" + n % GROUPS, n, now()))
        .toArray(Alert[]::new);
  }

  private boolean isAnswered() {
    return teams.toldTo("ada").contains(TITLE)
        || messages(teams.lobby()).stream().anyMatch(m -> words(m).contains("INC-"));
  }

  private List<FakeConversation> rooms() {
    synchronized (teams.teams().tenant()) {
      return teams.teams().tenant().conversations().stream()
          .filter(where -> where.name().startsWith("inc-"))
          .toList();
    }
  }

  private long declaredRooms() {
    return rooms().stream().filter(where -> where.name().contains("checkout")).count();
  }

  private void assertEveryAlertIsThere() {
    for (int n = 0; n < CALLS * PER_CALL; n++) {
      AlertKey key = new AlertKey(GroupedAlerts.SOURCE, "group-" + n % GROUPS + "-" + n);
      assertTrue(teams.engine().read(tx -> tx.alerts().find(key)).isPresent(), key + " is lost");
    }
  }

  private void assertNothingIsSaidTwice() {
    assertEquals(MOST_INCIDENTS + 1, rooms().size(), "" + rooms());
    for (FakeConversation room : rooms()) {
      List<String> said = messages(room).stream().map(AlertsInTeams::words).toList();
      assertEquals(said.size(), new HashSet<>(said).size(), "" + said);
      assertTrue(!said.isEmpty(), room.name() + " is empty");
    }
  }
}
