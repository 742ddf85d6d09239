// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.FakeSocket;
import dev.muster.testkit.ChatPlatformContract;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.PlatformColumn;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.Optional;

/** The whole contract once more, with everything people do coming over Socket Mode. */
class SlackSocketContractTest extends ChatPlatformContract {

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    FakeSlack slack = new FakeSlack(time);
    FakeSocket socket = new FakeSocket(slack);
    TestRuntime runtime = new TestRuntime(time, records, files);
    ChatPlatform platform =
        new SlackPlatformFactory()
            .create(Worlds.settings("socket", slack.apiUrl()), heard, runtime);
    return new SlackChatWorld(slack, Optional.of(socket), platform, runtime, time);
  }

  @Override
  protected Optional<PlatformColumn> column() {
    return Optional.of(Worlds.column());
  }
}
