// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static dev.muster.testkit.ContractArea.FAILURES;
import static dev.muster.testkit.ContractArea.LIFE;
import static dev.muster.testkit.ContractArea.PEOPLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.OnceKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every chat platform promises. An adapter's test class extends this one, supplies its {@link
 * ChatWorld}, and runs every test of it; the tests are final, so none can be blanked out. Tests
 * that find a {@link Capability} missing hold the fallback instead.
 */
public abstract class ChatPlatformContract extends InboundContract {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

  private ChannelRef place(ChatWorld world) {
    return world.meetingPlace().channel();
  }

  private ChatOutcome<MessageRef> post(ChatWorld world, OnceKey key, String text) {
    return platform().post(key, place(world), Optional.empty(), BotMessage.line(text));
  }

  @Test
  public final void post_rateLimited_isAskedForLaterWithThePlatformsDelay() {
    ChatWorld world = world(FAILURES);
    if (!world.canSuffer(Fault.RATE_LIMITED)) {
      for (int i = 0; i < 50; i++) {
        done(post(world, key("burst" + i), "line " + i));
      }
      return;
    }
    world.arm(Fault.RATE_LIMITED);

    ChatOutcome<MessageRef> outcome = post(world, key("r"), "limited");

    assertTrue(
        outcome instanceof ChatOutcome.RetryLater<MessageRef> later
            && later.paced()
            && later.after().compareTo(world.rateLimit()) >= 0,
        outcome.toString());
    assertEquals(0, showing(place(world), "limited"));
    again(key("r"), k -> post(world, k, "limited"));
    assertEquals(1, showing(place(world), "limited"));
  }

  @Test
  public final void post_failedBefore_isDoneByAskingAgain() {
    ChatWorld world = world(FAILURES);
    OnceKey key = key("f");
    world.arm(Fault.FAILS_BEFORE);

    notDone(post(world, key, "failed at first"));
    MessageRef message = again(key, k -> post(world, k, "failed at first"));

    assertEquals("failed at first", shown(message).words());
    assertEquals(1, showing(place(world), "failed at first"));
  }

  @Test
  public final void post_replyLost_isFoundAndNotDoubled() {
    ChatWorld world = world(FAILURES);
    OnceKey key = key("l");
    world.arm(Fault.LOSES_THE_REPLY);

    unknown(post(world, key, "said before"));
    MessageRef message = again(key, k -> post(world, k, "said before"));

    assertEquals("said before", shown(message).words());
    assertEquals(1, showing(place(world), "said before"));
  }

  @Test
  public final void openChannel_failedBefore_isDoneByAskingAgain() {
    ChatWorld world = world(FAILURES);
    OnceKey key = key("f");
    world.arm(Fault.FAILS_BEFORE);

    notDone(open(key));
    OpenedChannel channel = again(key, this::open);

    assertEquals(channel.name(), looked(channel.channel()).name());
  }

  @Test
  public final void openChannel_replyLost_isFoundAndNotDoubled() {
    ChatWorld world = world(FAILURES);
    OnceKey key = key("l");
    world.arm(Fault.LOSES_THE_REPLY);

    unknown(open(key));
    OpenedChannel channel = again(key, this::open);

    assertEquals(channel.name(), looked(channel.channel()).name());
    assertEquals(channel.channel(), again(key, this::open).channel());
    assertEquals("inc-30-lost", channel.name());
  }

  private ChatOutcome<OpenedChannel> open(OnceKey key) {
    return platform().openChannel(key, new ChannelSpec("inc-30-lost", "", false));
  }

  private void notDone(ChatOutcome<?> outcome) {
    assertTrue(
        outcome instanceof ChatOutcome.Unknown || outcome instanceof ChatOutcome.RetryLater,
        outcome.toString());
  }

  @Test
  public final void post_credentialsRefused_isRefusedAndTellsNoSecret() {
    ChatWorld world = world(FAILURES);
    if (!world.canSuffer(Fault.CREDENTIALS_REFUSED)) {
      assertEquals(List.of(), world.secrets());
      return;
    }
    world.arm(Fault.CREDENTIALS_REFUSED);

    refusedFor(post(world, key("c"), "not allowed"), ChatOutcome.Cause.CREDENTIALS);

    assertEquals(0, showing(place(world), "not allowed"));
  }

  @Test
  public final void findPerson_knownAndUnknown_areToldApart() {
    ChatWorld world = world(PEOPLE);
    Person ada = world.person("ada");

    assertEquals(ada.ref(), done(platform().findPerson(ada.ref().id())).person().ref());
    refused(platform().findPerson(world.nobody().id()));
    refused(platform().findGroup("no-such-group"));
  }

  @Test
  public final void permalink_ofAMessage_isAnAddress() {
    ChatWorld world = world(PEOPLE);

    String link = done(platform().permalink(posted(place(world), "Look here.")));

    assertTrue(link.startsWith("http"), link);
  }

  @Test
  public final void create_connectsNothing() {
    ChatWorld world = notStarted(LIFE);

    assertEquals(0, world.calls());
    assertFalse(platform().name().isBlank());
  }

  @Test
  public final void check_allWell_findsNothing() {
    world(LIFE);

    assertEquals(new Check(true, List.of()), platform().check());
  }

  @Test
  public final void check_credentialsRefused_saysWhyAndHowToMendIt() {
    ChatWorld world = notStarted(LIFE);
    if (!world.canSuffer(Fault.CREDENTIALS_REFUSED)) {
      return;
    }
    world.arm(Fault.CREDENTIALS_REFUSED);

    Check check = platform().check();

    assertFalse(check.ok());
    assertFalse(check.findings().isEmpty());
    assertTrue(
        check.findings().stream().noneMatch(f -> world.secrets().stream().anyMatch(f::contains)));
  }

  @Test
  @Holds(Capability.HOME)
  public final void showHome_ofAPerson_isShownOrRefused() {
    ChatWorld world = world(LIFE);

    ChatOutcome<?> shown =
        platform().showHome(world.person("ada").ref(), BotMessage.line("Nothing is open."));

    if (can(Capability.HOME)) {
      done(shown);
    } else {
      refused(shown);
    }
  }

  @Test
  public final void capabilities_withEverythingGranted_areWhatTheCompatibilityPageSays() {
    world(LIFE);
    assertTrue(platform().check().ok());

    column().ifPresent(column -> CompatibilityPage.hold(column, platform().capabilities()));
  }

  @Test
  public final void close_afterWork_leavesNoThread() throws InterruptedException {
    ChatWorld world = world(LIFE);
    posted(place(world), "Last words.");

    platform().close();
    platform().close();
    world.close();

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && !isShared(thread)) {
        thread.join(PATIENCE.toMillis());
        assertFalse(thread.isAlive(), "still runs: " + thread.getName());
      }
    }
  }

  /** Threads of the JDK and of the HTTP client that end by themselves and belong to nobody. */
  private static boolean isShared(Thread thread) {
    String name = thread.getName();
    return List.of(
            "ForkJoinPool.common", "Okio", "OkHttp TaskRunner", "HttpClient", "Common-Cleaner")
        .stream()
        .anyMatch(name::startsWith);
  }
}
