// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.bench.child.Muster;
import dev.muster.bench.load.Shots;
import dev.muster.bench.load.SignedShots;
import dev.muster.bench.load.SlackPost;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.HttpLine;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The packaged program at work in a stand-in's workspace, with the channel {@code incidents}. */
final class Office implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final String TALK =
      "The checkout answers with 503 since the deployment of 14:02; looking at the load balancer, "
          + SignedShots.NUMBER;

  private final String name;
  private final FakeSlack slack = new FakeSlack(InstantSource.system());
  private final AtomicReference<Push> caught = new AtomicReference<>();
  private final SlackPeople people;
  private final SlackPeople catching;
  private final Muster muster;

  Office(Plan plan, String name) {
    this(plan, name, "");
  }

  Office(Plan plan, String name, String rules) {
    this(plan, name, List.of("bench"), rules);
  }

  Office(Plan plan, String name, List<String> sources, String rules) {
    this.name = name;
    // First, so that the one below is who hears what the bot does.
    catching = new SlackPeople(slack, this::keep);
    people = new SlackPeople(slack, new HttpLine(this::address, InstantSource.system()));
    people.channel("incidents", "ada", "li");
    muster = new Muster(plan.jar(), plan.work().resolve(name), slack, sources, rules);
  }

  private URI address() {
    return muster.address();
  }

  private Pushed keep(Push push) {
    caught.set(push);
    return Pushed.NOBODY;
  }

  /** Returns the name of its folder. */
  String name() {
    return name;
  }

  FakeSlack slack() {
    return slack;
  }

  SlackPeople people() {
    return people;
  }

  Muster muster() {
    return muster;
  }

  /** Declares an incident and waits until its channel is there; returns the channel's id. */
  String declare(String title) {
    int before = slack.calls("conversations.create").size();
    people.runs("ada", "incidents", "/incident declare! " + title + " sev3");
    await("the channel of " + title, () -> slack.calls("pins.add").size() > before);
    return slack.calls("pins.add").get(before).get("channel");
  }

  /** Returns what the stand-in was asked, and when. */
  List<Trace.Call> calls() {
    return slack.ledger().stream()
        .map(entry -> new Trace.Call(entry.at(), entry.call().method()))
        .toList();
  }

  /** Waits, bounded, until something is so. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within a minute: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Returns messages of ada in a channel. */
  SignedShots messages(String channel, long first) {
    Push push = people.unheard("ada", channel, TALK);
    ObjectNode payload = push.payload();
    payload.put("event_id", "Ev" + SignedShots.NUMBER);
    ObjectNode event = (ObjectNode) payload.path("event");
    event.put("ts", SignedShots.MOMENT).put("event_ts", SignedShots.MOMENT);
    return new SignedShots(push.httpType(), push.httpBody(), Signed.SECRET, first);
  }

  /** Returns whatever somebody does, each time anew; nothing of it reaches Muster by itself. */
  Shots doing(Consumer<SlackPeople> act) {
    SlackPost post = new SlackPost(Signed.SECRET);
    return into -> {
      act.accept(catching);
      Push push = caught.getAndSet(null);
      post.put(into, push.httpType(), push.httpBody().getBytes(StandardCharsets.UTF_8));
    };
  }

  @Override
  public void close() {
    muster.close();
    slack.close();
  }
}
