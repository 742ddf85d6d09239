// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.config.BotConfig;
import dev.muster.config.load.ConfigLoader;
import dev.muster.slack.fake.Call;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.store.Tx;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The engine with the real adapter and a stand-in for Slack, by a clock that is moved by hand. */
final class OrderRoom implements AutoCloseable {

  /** Before every order. */
  static final Instant LONG_AGO = Instant.EPOCH;

  /** Longer than any limit of Slack's counts back. */
  private static final Duration REFILL = Duration.ofMinutes(3);

  /** As many as Muster's runner has for orders that nobody waits for. */
  private static final int AT_ONCE = 16;

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeSlack slack = new FakeSlack(clock);
  private final SlackPeople people = new SlackPeople(slack, push -> Pushed.NOBODY);
  private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
  private final OkHttpClient http;
  private final EngineHarness engine;
  private final TestRuntime runtime;

  OrderRoom(Path folder) throws IOException {
    Files.createDirectories(folder);
    slack.keepPace(false);
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(AT_ONCE);
    http = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    engine = new EngineHarness(clock, folder);
    runtime = new TestRuntime(clock, engine.memory("slack"), folder);
    people.channel("incidents");
    engine.start(platform(folder));
  }

  private ChatPlatform platform(Path folder) throws IOException {
    for (ChatPlatformFactory<?> factory : ServiceLoader.load(ChatPlatformFactory.class)) {
      if (factory.name().equals("slack")) {
        return create(factory, folder);
      }
    }
    throw new IllegalStateException("no adapter for Slack");
  }

  private <C extends Record> ChatPlatform create(ChatPlatformFactory<C> factory, Path folder)
      throws IOException {
    Path file = folder.resolve("bot.yaml");
    Files.writeString(
        file,
        """
        platforms:
          slack: { enabled: true, bot-token: "%s", signing-secret: "%s", api-url: "%s" }
        """
            .formatted(FakeSlack.BOT_TOKEN, Signed.SECRET, slack.apiUrl()));
    BotConfig config =
        new ConfigLoader(name -> null, Map.of("slack", factory.configType()))
            .load(Optional.of(file))
            .match(
                loaded -> loaded.config(),
                refused -> {
                  throw new IllegalStateException(refused.problems().toString());
                });
    C own = config.platform("slack").orElseThrow().settings(factory.configType());
    return factory.create(own, engine.inboxOf("slack"), runtime);
  }

  FakeSlack slack() {
    return slack;
  }

  /** Makes channels and returns their ids. */
  List<String> channels(int count) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(people.channel("orders-" + i));
    }
    return made;
  }

  /** Lets the pace allow everything again. */
  void refill() {
    engine.advance(REFILL);
    awaitDone();
  }

  /** Stores orders in one transaction and waits until all are done. */
  void order(Consumer<Tx> orders) {
    engine.write(orders);
    awaitDone();
  }

  private void awaitDone() {
    Office.await("all orders are done", () -> engine.read(tx -> tx.effects().backlog()) == 0);
  }

  /** Sends the same bodies without Muster; returns how many seconds it took. */
  double bare(List<Call> calls) throws Exception {
    List<Request> requests = calls.stream().map(this::request).toList();
    long begin = System.nanoTime();
    List<Future<?>> sent = new ArrayList<>();
    for (Request request : requests) {
      sent.add(callers.submit(() -> send(request)));
    }
    for (Future<?> each : sent) {
      each.get();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private Request request(Call call) {
    FormBody.Builder form = new FormBody.Builder();
    call.arguments().forEach(form::add);
    return new Request.Builder()
        .url(slack.apiUrl() + call.method())
        .header("Authorization", "Bearer " + FakeSlack.BOT_TOKEN)
        .post(form.build())
        .build();
  }

  private String send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      String body = response.body().string();
      if (!body.contains("\"ok\":true")) {
        throw new IOException("Slack answers " + body);
      }
      return body;
    }
  }

  @Override
  public void close() {
    engine.close();
    runtime.close();
    callers.shutdown();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    slack.close();
  }
}
