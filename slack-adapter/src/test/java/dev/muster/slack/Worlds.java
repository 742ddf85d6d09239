// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.client.Grants;
import dev.muster.slack.client.Scope;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.PlatformColumn;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens the stand-in with the real adapter over it. */
final class Worlds {

  private Worlds() {}

  /** The stand-in, the people around it, and what the adapter was given. */
  record Opened(FakeSlack slack, SlackChatWorld world, TestRuntime runtime, RecordingInbox inbox) {}

  static Opened open(KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    FakeSlack slack = new FakeSlack(time);
    // The suite's clock stands, so that what Slack would slow down never goes on.
    slack.keepPace(false);
    TestRuntime runtime = new TestRuntime(time, records, files);
    ChatPlatform platform =
        new SlackPlatformFactory().create(settings(slack.apiUrl()), heard, runtime);
    return new Opened(slack, new SlackChatWorld(slack, platform, runtime, time), runtime, heard);
  }

  static SlackSettings settings(String apiUrl) {
    return settings("http", apiUrl);
  }

  static SlackSettings settings(String mode, String apiUrl) {
    return settings(mode, apiUrl, List.of());
  }

  static SlackSettings settings(String apiUrl, List<String> alertChannels) {
    return settings("http", apiUrl, alertChannels);
  }

  private static SlackSettings settings(String mode, String apiUrl, List<String> alertChannels) {
    return new SlackSettings(
        true,
        mode,
        Secret.of(FakeSlack.BOT_TOKEN),
        Secret.of(FakeSlack.APP_TOKEN),
        Secret.of(Signed.SECRET),
        apiUrl,
        "incidents",
        alertChannels);
  }

  /** Returns what the compatibility page says of Slack, over whichever transport. */
  static PlatformColumn column() {
    return new PlatformColumn(
        "Slack",
        Map.of(Capability.COMMANDS_IN_THREADS, "There the bot is mentioned instead."),
        capability -> Grants.needs(capability).stream().map(Scope::word).toList());
  }
}
