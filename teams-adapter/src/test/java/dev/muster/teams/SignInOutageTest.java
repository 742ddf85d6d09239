// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Reading;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Microsoft hands out neither tokens nor keys: nobody is turned away, and nothing said is lost. */
final class SignInOutageTest extends OnTeams {

  private static final int MINUTES = 120;

  private final Map<String, OnceKey> waiting = new LinkedHashMap<>();

  private void down() {
    for (Part part : List.of(Part.LOGIN, Part.METADATA, Part.KEYS)) {
      ground.teams().arm(part, Fault.answer(503));
    }
  }

  /** A fault that was not met yet would meet the first call after the return. */
  private void up() {
    for (Part part : List.of(Part.LOGIN, Part.METADATA, Part.KEYS)) {
      ground.teams().arm(part, null);
    }
  }

  private int calls(FakeKeys key) {
    ObjectNode said = ground.writes("ada", "still here");
    return status(ground.push(said, "Bearer " + key.sign(ground.pushes().claims())));
  }

  private void triesAll() {
    for (String words : List.copyOf(waiting.keySet())) {
      OnceKey key = waiting.get(words);
      ChatOutcome<MessageRef> outcome =
          ground.platform().post(key, ground.placeRef(), Optional.empty(), BotMessage.line(words));
      if (outcome instanceof ChatOutcome.Done) {
        waiting.remove(words);
      } else {
        is(ChatOutcome.RetryLater.class, outcome);
        waiting.put(words, key.again());
      }
    }
  }

  private List<String> shown() {
    return ground.place().messages().stream()
        .filter(m -> m.author().isEmpty())
        .map(m -> Reading.of(m.activity()).words())
        .sorted()
        .toList();
  }

  /** The keys are due for their daily renewal in the middle of it. */
  @Test
  void downForTwoHours_everyCallIsTaken_andWhatIsSaidWaitsAndIsThereOnceAfterwards() {
    assertEquals(200, calls(FakeKeys.connector()));
    clock.advance(Duration.ofHours(23));
    waiting.put("line 000", key("line 000"));
    triesAll();
    assertEquals(List.of("line 000"), shown());
    int heard = inbox.deliveries().size();
    for (int minute = 1; minute <= MINUTES; minute++) {
      down();
      assertEquals(200, calls(FakeKeys.connector()), "in minute " + minute);
      assertEquals(401, calls(FakeKeys.stranger("made-up-" + minute)));
      String words = String.format("line %03d", minute);
      if (minute % 20 == 0) {
        waiting.put(words, key(words));
      }
      triesAll();
      assertEquals(minute < 80, waiting.isEmpty(), "in minute " + minute + ": " + waiting);
      clock.advance(Duration.ofMinutes(1));
    }
    assertEquals(heard + MINUTES, inbox.deliveries().size());
    assertTrue(ground.teams().calls(Part.METADATA) <= 2 + MINUTES / 5, "asked too often");
    assertEquals(List.of("line 000", "line 020", "line 040", "line 060"), shown());

    up();
    for (int i = 0; i < 60 && !waiting.isEmpty(); i++) {
      triesAll();
      clock.advance(Duration.ofSeconds(5));
    }

    assertEquals(
        List.of("line 000", "line 020", "line 040", "line 060", "line 080", "line 100", "line 120"),
        shown());
    assertEquals(200, calls(FakeKeys.connector()));
  }
}
