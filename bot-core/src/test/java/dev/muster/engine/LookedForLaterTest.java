// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel of announcements cannot be looked for at once, because the platform sets a pace. */
final class LookedForLaterTest {

  private static final String CHAT = "chat";

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicBoolean wasPutOff = new AtomicBoolean();
  private final List<Integer> attempts = new CopyOnWriteArrayList<>();

  private ChatPlatform paced(InMemoryChatWorld world) {
    ChatPlatform platform = world.platform();
    ChannelRef announcements = world.meetingPlace().channel();
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, given) -> called(platform, method, given, announcements));
  }

  private Object called(ChatPlatform to, Method method, Object[] given, ChannelRef announcements)
      throws Exception {
    if (method.getName().equals("findChannel") && wasPutOff.compareAndSet(false, true)) {
      return new ChatOutcome.RetryLater<>("looking waits", Duration.ofSeconds(2), true);
    }
    if (method.getName().equals("post") && given[1].equals(announcements)) {
      attempts.add(((OnceKey) given[0]).attempt());
    }
    return method.invoke(to, given);
  }

  /** A second attempt would first be searched for, which on Teams takes ten seconds. */
  @Test
  void announcement_whoseChannelIsFoundOneTurnLater_isPostedAsNeverTried() {
    try (EngineHarness engine = new EngineHarness(clock, folder)) {
      InMemoryChatWorld world = new InMemoryChatWorld(CHAT, engine.inboxOf(CHAT), clock);
      engine.configure(before -> SettingsDraft.of(before).announcing(CHAT, "general").done());
      engine.start(paced(world));

      world.commands(
          world.person("ada"), world.meetingPlace().channel(), "declare! Checkout is down");
      engine.settle();

      assertTrue(wasPutOff.get());
      assertEquals(List.of(1), attempts);
    }
  }
}
