// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.incident.Actor;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * S3: facts a second on one timeline, each durable before its producer goes on: through the whole
 * engine, where each is a message that is stored, answered and handled; through the store alone;
 * and by the least that can be done with the same rows. All in this process.
 */
final class Appends implements Benchmark {

  private static final int PRODUCERS = 32;
  private static final int WARMING = 4;
  private static final String RAW = "raw group commit of the same rows";
  private static final String TEXT =
      "The checkout answers with 503 since the deployment of 14:02; looking at the load balancer.";
  private static final byte[] BODY =
      ("{\"text\":\"" + TEXT + "\"}").repeat(6).getBytes(StandardCharsets.UTF_8);

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicLong number = new AtomicLong();

  @Override
  public List<Row> run(Plan plan) throws Exception {
    Rounds<Double> engine = new Rounds<>(RAW);
    Rounds<Double> store = new Rounds<>(RAW);
    for (int i = -WARMING; i < plan.rounds(); i++) {
      Path folder = Files.createDirectories(plan.work().resolve("appends" + (i + WARMING)));
      double raw = raw(folder.resolve("raw.db"), plan.round());
      double alone = store(folder.resolve("store.db"), plan.round());
      double whole = engine(folder, plan.round());
      if (i >= 0) {
        engine.theirs(raw);
        store.theirs(raw);
        engine.ours(whole);
        store.ours(alone);
      }
    }
    String what = "timeline appends, 32 producers, through the ";
    return List.of(
        engine.row("S3", what + "whole engine", "/s", r -> r, "≥ 0.5 ×"),
        store.row("S3", what + "store alone", "/s", r -> r, "≥ 0.85 ×"));
  }

  private double raw(Path file, Duration time) throws Exception {
    open(file).close();
    try (RawGroupCommit raw = new RawGroupCommit(file, TEXT)) {
      return perSecond(time, raw::append);
    }
  }

  private SqlStore open(Path file) {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + file, clock, () -> "id" + number.incrementAndGet(), new Telemetry());
    return ((StoreOpening.Opened) opening).store();
  }

  private double store(Path file, Duration time) throws InterruptedException {
    Instant now = clock.instant();
    try (SqlStore store = open(file)) {
      InMemoryChatWorld names = new InMemoryChatWorld("chat", delivery -> null, clock);
      Actor ana = new Actor.Human(names.person("ana"));
      return perSecond(
          time,
          () -> {
            String ref = "chat:c-1/m-" + number.incrementAndGet();
            NewEntry entry =
                new NewEntry(
                    now, EntryKind.MESSAGE_LOGGED, ana, TEXT, "", ref, Map.of("thread", "m-1"));
            store.run(tx -> tx.timeline().append(new Stream(1), entry, now));
          });
    }
  }

  private double engine(Path folder, Duration time) throws InterruptedException, IOException {
    try (EngineHarness engine = new EngineHarness(clock, folder)) {
      ChatInbox inbox = engine.inboxOf("chat");
      InMemoryChatWorld world = new InMemoryChatWorld("chat", inbox, clock);
      engine.start(world.platform());
      Person ana = world.person("ana");
      world.commands(ana, world.meetingPlace().channel(), "declare! Appends sev3");
      Office.await("the incident has its channel", () -> channel(engine).isPresent());
      ChannelRef channel = channel(engine).orElseThrow();
      return perSecond(time, () -> say(inbox, ana, channel));
    }
  }

  private static Optional<ChannelRef> channel(EngineHarness engine) {
    return engine.incidents() == 0
        ? Optional.empty()
        : engine.incident("INC-1").spaces().stream().findFirst().map(space -> space.channel());
  }

  private void say(ChatInbox inbox, Person who, ChannelRef channel) {
    String id = "m-" + number.incrementAndGet();
    ChatEvent.MessagePosted event =
        new ChatEvent.MessagePosted(
            clock.instant(),
            Profile.member(who),
            Place.of(channel, "appends"),
            new MessageRef(channel, id),
            TEXT,
            Optional.empty(),
            List.of(),
            List.of(),
            false);
    Receipt receipt = inbox.acceptSoon(new Delivery(id, event, BODY, List.of())).join();
    ((Receipt.Stored) receipt).answer().join();
  }

  private static double perSecond(Duration time, Runnable append) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    LongAdder done = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < PRODUCERS; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (!stop.get()) {
                  append.run();
                  done.increment();
                }
              },
              "producer-" + i);
      threads.add(thread);
      thread.start();
    }
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return done.sum() / ((System.nanoTime() - begin) / 1e9);
  }
}
