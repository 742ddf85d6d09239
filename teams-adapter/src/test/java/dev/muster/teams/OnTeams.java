// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every test over the fake stands on: a clock, an inbox, the adapter. */
abstract class OnTeams {

  final ManualClock clock = ManualClock.atNoon();
  final KeyedMemory memory = new KeyedMemory();
  final RecordingInbox inbox = new RecordingInbox(memory);
  TeamsGround ground;
  @TempDir Path folder;

  @BeforeEach
  final void begin() {
    ground = new TeamsGround(memory, inbox, clock, folder);
  }

  @AfterEach
  final void end() {
    ground.close();
  }

  static int status(RouteAnswer answer) {
    return TestRequest.status(answer);
  }

  final OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  static <T> T done(ChatOutcome<T> outcome) {
    assertInstanceOf(ChatOutcome.Done.class, outcome, outcome.toString());
    return ((ChatOutcome.Done<T>) outcome).value();
  }

  static void is(Class<?> kind, ChatOutcome<?> outcome) {
    assertEquals(kind, outcome.getClass(), outcome.toString());
  }

  final <E> E onlyHeard(Class<E> kind) {
    assertEquals(1, inbox.deliveries().size(), inbox.deliveries().toString());
    return assertInstanceOf(kind, inbox.deliveries().get(0).event());
  }
}
