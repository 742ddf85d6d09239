// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Reading;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Teams is away for long: it is asked seldom, and what was ordered meanwhile is there once. */
final class TeamsOutageTest extends OnTeams {

  private static final int MINUTES = 120;

  /** One question a minute to each side, and what broke before the outage was noticed. */
  private static final long MOST_CALLS = 2 * MINUTES + 20;

  private final Map<String, OnceKey> waiting = new LinkedHashMap<>();

  /** Gives all orders that are not done again; returns those that were refused. */
  private List<String> triesAll() {
    return List.copyOf(waiting.keySet()).stream()
        .filter(words -> tries(words) instanceof ChatOutcome.Refused)
        .toList();
  }

  private ChatOutcome<MessageRef> tries(String words) {
    OnceKey key = waiting.get(words);
    ChatOutcome<MessageRef> outcome =
        ground.platform().post(key, ground.placeRef(), Optional.empty(), BotMessage.line(words));
    if (outcome instanceof ChatOutcome.Done) {
      waiting.remove(words);
    } else {
      waiting.put(words, key.again());
    }
    return outcome;
  }

  private List<String> shown() {
    return ground.place().messages().stream()
        .map(m -> Reading.of(m.activity()).words())
        .sorted()
        .toList();
  }

  @Test
  void awayForTwoHours_isAskedSeldom_andEachOrderIsThereOnceAtReturn() {
    ground.place();
    waiting.put("line 099", key("order-before"));
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    is(ChatOutcome.Unknown.class, tries("line 099"));
    ground.teams().goDark(true);
    long before = ground.teams().ledger().size();
    for (int minute = 0; minute < MINUTES; minute++) {
      if (minute % 10 == 0) {
        String words = "line " + (100 + minute);
        waiting.put(words, key("order-" + minute));
      }
      assertEquals(List.of(), triesAll());
      clock.advance(Duration.ofMinutes(1));
    }
    long asked = ground.teams().ledger().size() - before;
    assertTrue(asked <= MOST_CALLS, asked + " calls in " + MINUTES + " minutes");
    assertEquals(List.of("line 099"), shown());
    assertFalse(waiting.isEmpty());

    ground.teams().goDark(false);
    for (int i = 0; i < 60 && !waiting.isEmpty(); i++) {
      assertEquals(List.of(), triesAll());
      clock.advance(Duration.ofSeconds(5));
    }

    List<String> meanwhile =
        IntStream.range(0, MINUTES / 10).mapToObj(i -> "line " + (100 + 10 * i)).toList();
    assertEquals("line 099", shown().get(0));
    assertEquals(meanwhile, shown().subList(1, shown().size()));
  }
}
