// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeFault;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The documents that hold the keys of inbound tokens, with every fault: nobody genuine is refused,
 * whoever comes before there are keys is told to come again, and keys in hand go on serving.
 */
class KeyFaultsTest {

  /** The calls that suffer here. */
  static final Set<FakeCall> CALLS = EnumSet.of(FakeCall.READ_METADATA, FakeCall.READ_KEYS);

  private static final int OK = 200;
  private static final int LATER = 503;
  private static final Duration BETWEEN = Duration.ofSeconds(31);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  @Test
  void firstCall_faultOfEveryDay_comesAgainAndIsHeardOnce() {
    first(FakeFault.FAILS_BEFORE);
    first(FakeFault.ANSWERS_NOTHING);
    first(FakeFault.ANSWERS_SLOWLY);
    first(FakeFault.ANSWERS_TOO_LATE);
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource(FakeFault.class)
  void firstCall_eachFault_comesAgainAndIsHeardOnce(FakeFault fault) {
    first(fault);
  }

  @Test
  void agedKeys_faultOfEveryDay_serveOn() throws Exception {
    aged(FakeFault.LOSES_THE_REPLY);
    aged(FakeFault.ANSWERS_TOO_LATE);
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource(FakeFault.class)
  void agedKeys_eachFault_serveOn(FakeFault fault) throws Exception {
    aged(fault);
  }

  private TeamsGround ground(RecordingInbox inbox, KeyedMemory memory) {
    return new TeamsGround(memory, inbox, clock, folder);
  }

  private static ObjectNode message(TeamsGround ground) {
    var where = ground.teams().tenant().channel("elsewhere", "");
    var ada = ground.teams().tenant().person("ada");
    return ground.pushes().message(ground.said(where, ada, "hello"), where);
  }

  private static int push(TeamsGround ground, ObjectNode message) {
    return OnTeams.status(ground.push(message));
  }

  private void first(FakeFault fault) {
    for (FakeCall call : CALLS) {
      KeyedMemory memory = new KeyedMemory();
      RecordingInbox inbox = new RecordingInbox(memory);
      String what = call + " x " + fault;
      try (TeamsGround ground = ground(inbox, memory)) {
        ObjectNode message = message(ground);
        ground.teams().arm(call, fault);

        int before = push(ground, message);

        assertTrue(before == OK || before == LATER, what + " answered " + before);
        assertTrue(before == OK || fault != FakeFault.ANSWERS_SLOWLY, what + " is in time");
        assertTrue(before == LATER || fault != FakeFault.ANSWERS_TOO_LATE, what + " is too late");
        assertFalse(ground.teams().isArmed(), what);
        if (before != OK) {
          clock.advance(BETWEEN);
          assertEquals(OK, push(ground, message), what);
        }
        assertEquals(1, inbox.deliveries().size(), what);
      }
    }
  }

  private void aged(FakeFault fault) throws Exception {
    for (FakeCall call : CALLS) {
      KeyedMemory memory = new KeyedMemory();
      String what = call + " x " + fault;
      try (TeamsGround ground = ground(new RecordingInbox(memory), memory)) {
        assertEquals(OK, push(ground, message(ground)), what);
        clock.advance(Duration.ofHours(25));
        ground.teams().arm(call, fault);

        assertEquals(OK, push(ground, message(ground)), what);
        ground.runtime().executor().submit(() -> {}).get(60, TimeUnit.SECONDS);

        assertFalse(ground.teams().isArmed(), what);
        assertEquals(OK, push(ground, message(ground)), what);
      }
    }
  }
}
