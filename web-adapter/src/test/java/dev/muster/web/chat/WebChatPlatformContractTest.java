// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.Capability;
import dev.muster.testkit.ChatPlatformContract;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.PlatformColumn;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The built-in chat under the contract of every platform. */
final class WebChatPlatformContractTest extends ChatPlatformContract {

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    return new WebWorld(records, heard, time, files);
  }

  @Override
  protected Optional<PlatformColumn> column() {
    return Optional.of(
        new PlatformColumn(
            "Built-in chat",
            Map.of(
                Capability.HOME,
                "The dashboard shows what is open, and `list` tells it in a message.")));
  }
}
