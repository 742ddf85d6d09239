// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Rotation;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import dev.muster.store.Directory;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People whom the operator wrote down have names before they ever act. */
class IntroductionsTest {

  private static final String CHAT = "chat";

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger asked = new AtomicInteger();
  @TempDir Path folder;
  private EngineHarness engine;
  private InMemoryChatWorld world;
  private Person ada;
  private Person li;
  private Person sam;
  private volatile boolean silent;

  @BeforeEach
  void open() {
    engine = new EngineHarness(clock, folder);
    world = new InMemoryChatWorld(CHAT, d -> engine.inboxOf(CHAT).accept(d), clock);
    ada = world.person("ada");
    li = world.person("li");
    sam = world.person("sam");
    engine.configure(this::settings);
    engine.start(counted());
  }

  @AfterEach
  void close() {
    engine.close();
    world.close();
  }

  /** Ada is on a schedule, Li is asked by name, Sam belongs to a group. */
  private Settings settings(Settings before) {
    Rotation rotation =
        new Rotation(
            List.of(ada.ref().toString()),
            Duration.ofDays(7),
            LocalDateTime.parse("2026-01-05T09:00"));
    EscalationPolicy.Level level =
        new EscalationPolicy.Level(
            List.of(
                Target.parse("schedule:payments"),
                Target.parse("person:" + li.ref()),
                Target.parse("group:sre")),
            Duration.ZERO);
    return SettingsDraft.of(before)
        .announcements(Map.of(CHAT, "incidents"))
        .schedules(new Schedule("payments", ZoneOffset.UTC, rotation, List.of()))
        .policies(List.of(new EscalationPolicy("default", List.of(level))))
        .groups(Map.of("sre", List.of(sam.ref().toString(), "elsewhere:U1")))
        .done();
  }

  private ChatPlatform counted() {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("findPerson")) {
                asked.incrementAndGet();
                if (silent) {
                  return new ChatOutcome.RetryLater<>("not yet", Duration.ofSeconds(1), true);
                }
              }
              return method.invoke(world.platform(), arguments);
            });
  }

  private void introduced() {
    engine.introducePeople();
    engine.settle();
  }

  private Optional<String> name(Person person) {
    return engine.read(
        tx ->
            tx.people()
                .find(person.ref())
                .map(Directory.Known::profile)
                .map(profile -> profile.person().name()));
  }

  @Test
  void peopleOfSchedulesPoliciesAndGroups_areAskedForOnce() {
    assertEquals(Optional.empty(), name(ada));

    introduced();
    for (Person each : List.of(ada, li, sam)) {
      assertEquals(Optional.of(each.name()), name(each));
    }
    introduced();
    assertEquals(3, asked.get());
  }

  @Test
  void morePeopleThanAreAskedForAtOnce_areAllMetInTheEnd() {
    List<Person> many = IntStream.range(0, 60).mapToObj(i -> world.person("person" + i)).toList();
    engine.configure(
        before ->
            SettingsDraft.of(before)
                .groups(Map.of("sre", many.stream().map(p -> p.ref().toString()).toList()))
                .done());

    introduced();
    assertEquals(50, asked.get());
    introduced();
    many.forEach(each -> assertEquals(Optional.of(each.name()), name(each)));
  }

  @Test
  void platformThatDoesNotAnswer_isAskedAgainTheNextTime() {
    silent = true;
    introduced();
    assertEquals(Optional.empty(), name(ada));
    silent = false;
    introduced();
    assertEquals(Optional.of("ada"), name(ada));
  }
}
