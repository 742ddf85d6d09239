// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands at the head of a channel that takes calls of their own to describe. */
final class ChannelHeadTest {

  private static final String CHAT = "chat";

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** Opens channels that say nothing about themselves, and puts the first purpose off. */
  private ChatPlatform plain(ChatPlatform platform) {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, given) -> called(platform, method, given));
  }

  private Object called(ChatPlatform platform, Method method, Object[] given) throws Exception {
    String verb = method.getName();
    boolean putOff = verb.equals("setPurpose") && !calls.contains(verb);
    if (List.of("setTopic", "setPurpose").contains(verb)) {
      calls.add(verb);
    }
    if (putOff) {
      return new ChatOutcome.RetryLater<>("not yet", Duration.ofSeconds(2), true);
    }
    Object outcome = method.invoke(platform, given);
    return verb.equals("openChannel") && outcome instanceof ChatOutcome.Done<?> done
        ? new ChatOutcome.Done<>(undescribed((OpenedChannel) done.value()))
        : outcome;
  }

  private static OpenedChannel undescribed(OpenedChannel channel) {
    return new OpenedChannel(channel.channel(), channel.name(), channel.url(), false);
  }

  /** Each topic that is set is told to everybody in the channel. */
  @Test
  void purpose_putOff_isSetLaterAndTheTopicOnce() {
    try (EngineHarness engine = new EngineHarness(clock, folder)) {
      InMemoryChatWorld world = new InMemoryChatWorld(CHAT, engine.inboxOf(CHAT), clock);
      engine.start(plain(world.platform()));

      world.commands(
          world.person("ada"), world.meetingPlace().channel(), "declare! Checkout is down");
      engine.settle();

      assertEquals(List.of("setTopic", "setPurpose", "setPurpose"), calls);
    }
  }
}
