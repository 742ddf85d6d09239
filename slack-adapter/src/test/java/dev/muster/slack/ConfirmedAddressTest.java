// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.slack.fake.SlackRoster;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address says who somebody is on another platform, so only a confirmed one is told. */
class ConfirmedAddressTest {

  @TempDir Path folder;

  @Test
  void address_unlessSlackHasConfirmedIt_isNotTold() {
    KeyedMemory memory = new KeyedMemory();
    ManualClock clock = ManualClock.atNoon();
    try (SlackChatWorld world =
        Worlds.open(memory, new RecordingInbox(memory), clock, folder).world()) {
      SlackRoster roster = new SlackRoster(world.slack());
      world.platform().start();
      assertEquals(Optional.of("kim@acme.invalid"), address(world, roster.lists("kim", "member")));
      assertEquals(Optional.empty(), address(world, roster.lists("sam", "unconfirmed")));
    }
  }

  private static Optional<String> address(SlackChatWorld world, String id) {
    ChatOutcome<Profile> found = world.platform().findPerson(id);
    return assertInstanceOf(ChatOutcome.Done.class, found).value() instanceof Profile profile
        ? profile.email()
        : Optional.of("nobody");
  }
}
