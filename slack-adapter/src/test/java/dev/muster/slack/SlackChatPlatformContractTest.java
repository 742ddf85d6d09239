// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.testkit.ChatPlatformContract;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.PlatformColumn;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.util.Optional;

/** The whole contract through the real client, verification and renderer, over the stand-in. */
class SlackChatPlatformContractTest extends ChatPlatformContract {

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    SlackChatWorld world = Worlds.open(records, heard, time, files).world();
    return world;
  }

  @Override
  protected Optional<PlatformColumn> column() {
    return Optional.of(Worlds.column());
  }
}
