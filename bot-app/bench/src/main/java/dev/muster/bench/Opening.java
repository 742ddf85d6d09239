// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.slack.fake.FakeSlack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * S6: from the moment a person declares to a usable channel, that is one whose headline, which
 * names the commander, is pinned; with a set time for every call of Slack; by the start script and
 * by its jar alone. Beside it the three calls that must wait for each other whatever one does: make
 * the channel, post in it, pin that.
 */
final class Opening implements Benchmark {

  private static final Duration CALL = Duration.ofMillis(150);
  private static final int WARMING = 3;

  /** Each of both paces itself: channels are made, and messages pinned, twelve times a minute. */
  private static final long APART = TimeUnit.SECONDS.toNanos(3);

  private final OkHttpClient http = new OkHttpClient();

  @Override
  public List<Row> run(Plan plan) throws IOException, InterruptedException {
    try (Office office = new Office(plan, "opening");
        Office scripted = new Office(plan.byScript(), "opening-by-script")) {
      Rounds<Double> archived = new Rounds<>("three calls one after another");
      Rounds<Double> plain = new Rounds<>("three calls one after another");
      for (int i = -WARMING; i < plan.rounds(); i++) {
        boolean warming = i < 0;
        round(scripted, i + WARMING, plan, warming ? new Rounds<>("") : archived);
        round(office, i + WARMING, plan, warming ? new Rounds<>("") : plain);
      }
      return List.of(row("tools/muster", archived), row("java -jar", plain));
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private void round(Office office, int number, Plan plan, Rounds<Double> rounds)
      throws IOException {
    office.slack().keepPace(false);
    Instant begin = Instant.now();
    office.slack().takes(CALL);
    rounds.theirs(bare(office.slack(), "bare-" + number));
    rounds.ours(declared(office, "Opening " + number));
    office.slack().takes(Duration.ZERO);
    LockSupport.parkNanos(APART);
    Trace.write(plan.work().resolve(office.name()).resolve("calls.txt"), begin, office.calls());
  }

  private static Row row(String way, Rounds<Double> rounds) {
    return rounds.row(
        "S6",
        "declare to usable channel on Slack, 150 ms a call, " + way,
        "round trips",
        seconds -> seconds * 1e3 / CALL.toMillis(),
        "≤ 3.6 round trips");
  }

  private static double declared(Office office, String title) {
    long begin = System.nanoTime();
    office.declare(title);
    return (System.nanoTime() - begin) / 1e9;
  }

  private double bare(FakeSlack slack, String name) throws IOException {
    long begin = System.nanoTime();
    String channel =
        between(call(slack, "conversations.create", "name", name), "\"channel\":{\"id\":\"");
    String ts =
        between(call(slack, "chat.postMessage", "channel", channel, "text", "x"), "\"ts\":\"");
    call(slack, "pins.add", "channel", channel, "timestamp", ts);
    return (System.nanoTime() - begin) / 1e9;
  }

  private String call(FakeSlack slack, String method, String... fields) throws IOException {
    FormBody.Builder form = new FormBody.Builder();
    for (int i = 0; i < fields.length; i += 2) {
      form.add(fields[i], fields[i + 1]);
    }
    Request request =
        new Request.Builder()
            .url(slack.apiUrl() + method)
            .header("Authorization", "Bearer " + FakeSlack.BOT_TOKEN)
            .post(form.build())
            .build();
    try (Response response = http.newCall(request).execute()) {
      String body = response.body().string();
      if (!body.contains("\"ok\":true")) {
        throw new IOException(method + " answers " + body);
      }
      return body;
    }
  }

  private static String between(String json, String before) {
    int from = json.indexOf(before) + before.length();
    return json.substring(from, json.indexOf('"', from));
  }
}
