// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.testkit.ChatPlatformContract;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;

/** The built-in chat under the contract of every platform. */
final class WebChatPlatformContractTest extends ChatPlatformContract {

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    return new WebWorld(records, heard, time, files);
  }
}
