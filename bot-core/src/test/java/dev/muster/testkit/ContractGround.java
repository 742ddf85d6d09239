// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What every part of the chat contract stands on: a fresh world, its inbox, and few words. */
abstract class ContractGround {

  /** Attempts after which an order that was neither done nor refused counts as lost. */
  private static final int ATTEMPTS = 8;

  /** The topic of channels that are opened here. */
  static final String TOPIC = "what it is about";

  final ManualClock clock = ManualClock.atNoon();
  final KeyedMemory memory = new KeyedMemory();
  final RecordingInbox inbox = new RecordingInbox(memory);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ChatWorld world;
  @TempDir Path folder;
  private Set<Capability> held = Set.of();

  /**
   * Opens a fresh world with its adapter created and not yet started.
   *
   * @param records what the adapter's runtime hands out as memory
   * @param heard where the adapter delivers
   * @param time the clock of the adapter and the world
   * @param files an empty folder
   */
  protected abstract ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files);

  /** Returns what the compatibility page says of the platform; empty for one nobody uses. */
  protected abstract Optional<PlatformColumn> column();

  @BeforeEach
  final void openOneWorld(TestInfo test) {
    held =
        test.getTestMethod()
            .map(method -> method.getAnnotation(Holds.class))
            .map(holds -> Set.of(holds.value()))
            .orElse(Set.of());
    log.start();
    rootLogger().addAppender(log);
    world = openWorld(memory, inbox, clock, folder);
  }

  @AfterEach
  final void closeWorldAndSearchLogForSecrets() {
    List<String> secrets = world.secrets();
    world.close();
    rootLogger().detachAppender(log);
    for (ILoggingEvent line : List.copyOf(log.list)) {
      noSecret(line.getFormattedMessage() + line.getThrowableProxy(), secrets);
    }
  }

  private static Logger rootLogger() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static void noSecret(String text, List<String> secrets) {
    for (String secret : secrets) {
      assertFalse(text.contains(secret), "a secret was told");
    }
  }

  /** Returns the started world, or skips the test when the world does not reach that part yet. */
  final ChatWorld world(ContractArea area) {
    ChatWorld created = notStarted(area);
    created.platform().start();
    return created;
  }

  final ChatWorld notStarted(ContractArea area) {
    Assumptions.assumeFalse(world.notYet().contains(area), "not yet in this cut: " + area);
    return world;
  }

  /** Asks what only a test may ask that says it holds the capability. */
  final boolean can(Capability capability) {
    assertTrue(held.contains(capability), "the test lacks @Holds(" + capability + ")");
    return world.platform().capabilities().contains(capability);
  }

  final OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  final <T> T done(ChatOutcome<T> outcome) {
    noSecret(outcome.toString(), world.secrets());
    if (outcome instanceof ChatOutcome.Done<T> finished) {
      return finished.value();
    }
    return fail("expected Done, was " + outcome);
  }

  /** Asks until an order's turn has come, as the core does; only waits for turns, no guesses. */
  final <T> T inTurn(Supplier<ChatOutcome<T>> order) {
    for (int i = 0; i < ATTEMPTS; i++) {
      ChatOutcome<T> outcome = order.get();
      if (!(outcome instanceof ChatOutcome.RetryLater<T> later) || !later.paced()) {
        return done(outcome);
      }
      clock.advance(later.after());
    }
    return fail("its turn did not come in " + ATTEMPTS + " attempts");
  }

  final void refused(ChatOutcome<?> outcome) {
    is(ChatOutcome.Refused.class, outcome);
  }

  /** The core does something else for each cause, so the cause has to be right. */
  final void refusedFor(ChatOutcome<?> outcome, ChatOutcome.Cause... causes) {
    refused(outcome);
    ChatOutcome.Cause cause = ((ChatOutcome.Refused<?>) outcome).cause();
    assertTrue(List.of(causes).contains(cause), outcome.toString());
  }

  final void unknown(ChatOutcome<?> outcome) {
    is(ChatOutcome.Unknown.class, outcome);
  }

  private void is(Class<?> kind, ChatOutcome<?> outcome) {
    noSecret(outcome.toString(), world.secrets());
    assertEquals(kind, outcome.getClass(), outcome.toString());
  }

  /** Asks again with the same key, as the core does, until the order is done. */
  final <T> T again(OnceKey first, Function<OnceKey, ChatOutcome<T>> order) {
    OnceKey key = first;
    for (int i = 0; i < ATTEMPTS; i++) {
      key = key.again();
      ChatOutcome<T> outcome = order.apply(key);
      if (outcome instanceof ChatOutcome.Done<T> || outcome instanceof ChatOutcome.Refused<T>) {
        return done(outcome);
      }
      clock.advance(
          outcome instanceof ChatOutcome.RetryLater<T> later
              ? later.after()
              : Duration.ofSeconds(30));
    }
    return fail("not done after " + ATTEMPTS + " attempts");
  }

  final OpenedChannel opened(String name) {
    ChannelSpec spec = new ChannelSpec(name, TOPIC, false);
    return inTurn(() -> platform().openChannel(key("open " + name), spec));
  }

  final MessageRef posted(ChannelRef where, String text) {
    return posted(where, BotMessage.line(text));
  }

  final MessageRef posted(ChannelRef where, BotMessage message) {
    // As in the product, a key is short and nobody's words.
    OnceKey key = key("post " + Integer.toHexString(message.text().hashCode()));
    return inTurn(() -> platform().post(key, where, Optional.empty(), message));
  }

  final ShownMessage shown(MessageRef message) {
    List<ShownMessage> found =
        world.messages(message.channel()).stream().filter(m -> m.ref().equals(message)).toList();
    assertEquals(1, found.size(), "messages with that reference");
    return found.get(0);
  }

  final long showing(ChannelRef where, String words) {
    return world.messages(where).stream().filter(m -> m.words().contains(words)).count();
  }

  final ShownChannel looked(ChannelRef channel) {
    return world.look(channel).orElseThrow(() -> new AssertionError("no such channel"));
  }

  final ChatPlatform platform() {
    return world.platform();
  }
}
