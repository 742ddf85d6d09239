// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.nio.file.Path;
import java.util.Optional;

/** The in-memory platform under the contract of every platform. */
final class InMemoryChatContractTest extends ChatPlatformContract {

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    return new InMemoryChatWorld("memory", heard, time);
  }

  @Override
  protected Optional<PlatformColumn> column() {
    return Optional.empty();
  }
}
