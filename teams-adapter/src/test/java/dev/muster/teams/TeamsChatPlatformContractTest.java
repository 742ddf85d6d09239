// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.testkit.ChatPlatformContract;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;

/** Teams keeps what every chat platform promises, through the real SDK and our guard. */
final class TeamsChatPlatformContractTest extends ChatPlatformContract {

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    return new TeamsChatWorld(records, heard, time, files);
  }
}
