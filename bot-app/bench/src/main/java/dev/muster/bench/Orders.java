// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.slack.fake.Call;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Orders through the runner and the adapter to a Slack that takes a set time for each call, beside
 * OkHttp alone that sends the same bodies, as many at once. What is measured is not the pace that
 * Slack allows: orders go to many channels, and the clock by which Muster paces itself is moved on
 * between rounds until everything is allowed again. Both sides run in this process.
 */
final class Orders implements Benchmark {

  /** Slack's limits let so many messages go at once in so many channels, and so many changes. */
  private static final int CHANNELS = 50;

  private static final int POSTS = 100;
  private static final int EDITS = 15;
  private static final int SINGLES = 20;
  private static final List<Duration> CALLS = List.of(Duration.ZERO, Duration.ofMillis(50));
  private static final String TEXT =
      "Li took command of INC-42. The next update is due at 14:30. Message ";

  private List<String> channels = List.of();
  private int written;

  @Override
  public List<Row> run(Plan plan) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (OrderRoom room = new OrderRoom(plan.work().resolve("orders"))) {
      channels = room.channels(CHANNELS);
      for (int i = 0; i < plan.warming() / (20 * POSTS); i++) {
        round(room, new Result());
      }
      for (Duration call : CALLS) {
        room.slack().takes(call);
        Result result = new Result();
        for (int i = 0; i < plan.rounds(); i++) {
          round(room, result);
        }
        rows.addAll(result.rows(call));
      }
    }
    return rows;
  }

  /** What the rounds at one speed of Slack came to: orders a second, and milliseconds of one. */
  private static final class Result {

    private static final String OKHTTP = "OkHttp alone";
    private final Rounds<Double> posts = new Rounds<>(OKHTTP);
    private final Rounds<Double> edits = new Rounds<>(OKHTTP);
    private final Rounds<Double> single = new Rounds<>(OKHTTP);

    List<Row> rows(Duration call) {
      String at = ", " + call.toMillis() + " ms a call";
      return List.of(
          posts.row("", "100 orders chat.postMessage at once" + at, "/s", r -> r, ""),
          edits.row("", "15 orders chat.update at once" + at, "/s", r -> r, ""),
          single.row("", "one order from stored to done" + at, "ms", r -> r, ""));
    }
  }

  private void round(OrderRoom room, Result result) throws Exception {
    room.refill();
    int before = written;
    result.posts.ours(POSTS / seconds(room, tx -> posts(tx, POSTS)));
    result.posts.theirs(POSTS / room.bare(last(room.slack(), "chat.postMessage", POSTS)));
    result.edits.ours(EDITS / seconds(room, tx -> edits(tx, before)));
    result.edits.theirs(EDITS / room.bare(last(room.slack(), "chat.update", EDITS)));
    room.refill();
    double ours = 0;
    double theirs = 0;
    for (int i = 0; i < SINGLES; i++) {
      ours += seconds(room, tx -> posts(tx, 1));
      theirs += room.bare(last(room.slack(), "chat.postMessage", 1));
    }
    result.single.ours(ours * 1e3 / SINGLES);
    result.single.theirs(theirs * 1e3 / SINGLES);
  }

  private static double seconds(OrderRoom room, Consumer<Tx> orders) {
    long begin = System.nanoTime();
    room.order(orders);
    return (System.nanoTime() - begin) / 1e9;
  }

  private void posts(Tx tx, int count) {
    for (int i = 0; i < count; i++) {
      show(tx, written++, "");
    }
  }

  private void edits(Tx tx, int first) {
    for (int i = first; i < first + EDITS; i++) {
      show(tx, i, " was changed");
    }
  }

  private void show(Tx tx, int number, String more) {
    ChannelRef channel = new ChannelRef("slack", channels.get(number % CHANNELS));
    String slot = "message-" + number;
    Effect order =
        new Effect.ShowMessage(
            new Target.InChannel(channel), slot, "", BotMessage.line(TEXT + number + more));
    tx.effects()
        .add(
            new NewEffect(
                order, channel + slot, Priority.PEOPLE, Optional.empty(), "", OrderRoom.LONG_AGO));
  }

  private static List<Call> last(FakeSlack slack, String method, int count) {
    List<Call> all = slack.calls(method);
    return all.subList(all.size() - count, all.size());
  }
}
