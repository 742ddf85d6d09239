// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger can do to the address that Slack calls, on the wire of the whole bot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackForgeryTest {

  private static final int FORGERIES = 1_000;
  private static final long SEED = 20_261_121;
  private static final int MEBIBYTE = 1024 * 1024;

  private final ManualClock clock = ManualClock.atNoon();
  private SlackBot bot;
  private RawWire wire;

  @BeforeAll
  void open(@TempDir Path folder) {
    bot = SlackBot.start(folder, clock, "");
    bot.people().channel("checkout-team", "ada");
    wire = new RawWire(bot.bot().http().port());
    bot.settle();
  }

  @AfterAll
  void close() {
    wire.close();
    bot.close();
  }

  private RawRequest genuine(Push push) {
    return RawRequest.genuine(
        push.httpType(), push.httpBody().getBytes(StandardCharsets.UTF_8), clock.instant());
  }

  private RawRequest message(String text) {
    return genuine(bot.people().unheard("ada", "checkout-team", text));
  }

  private RawRequest command(String trigger) {
    return form(
        "command=%2Fincident&text=declare%21+k%C3%A4ufe+scheitern&team_id=T0ACME001&user_id="
            + bot.people().person("ada")
            + "&channel_id=C0&trigger_id="
            + trigger);
  }

  private RawRequest form(String body) {
    return RawRequest.genuine(Signed.FORM, body.getBytes(StandardCharsets.UTF_8), clock.instant());
  }

  private RawRequest json(String body) {
    return RawRequest.genuine(Signed.JSON, body.getBytes(StandardCharsets.UTF_8), clock.instant());
  }

  private RawWire.Answered send(RawRequest request) {
    return wire.send(request.wire(new Random(SEED)));
  }

  private long counted(String metric) {
    Matcher lines =
        Pattern.compile("(?m)^" + metric + "(?:\\{[^}]*\\})? ([0-9.]+)$")
            .matcher(bot.bot().http().get("/metrics").body());
    return lines.results().mapToLong(found -> (long) Double.parseDouble(found.group(1))).sum();
  }

  private long stored() {
    return counted("muster_deliveries_total");
  }

  @Test
  void request_forgedInAThousandWays_isRefusedAndStoresNothing() {
    Random random = new Random(SEED);
    long before = stored();
    long refused = counted("muster_chat_refused_total");
    int calls = bot.slack().calls().size();
    List<RawRequest> caught =
        List.of(message("it is ünwell 🔥"), command("1.1.1"), form("payload=%7B%22a%22%3A1%7D"));
    for (int i = 0; i < FORGERIES; i++) {
      Forgery forgery = Forgery.values()[i % Forgery.values().length];
      RawRequest sent = changed(forgery, caught, random);
      RawWire.Answered answered = wire.send(sent.wire(random));
      assertEquals(401, answered.status(), () -> forgery + " gave " + answered);
      assertTrue(answered.body().contains("This request is not from Slack."), answered.body());
    }
    assertEquals(before, stored());
    assertEquals(refused + FORGERIES, counted("muster_chat_refused_total"));
    assertEquals(calls, bot.slack().calls().size());
    assertEquals(200, send(message("still there")).status());
  }

  /** Words of plain letters are the same in every character set, so another one is taken. */
  private static RawRequest changed(Forgery forgery, List<RawRequest> caught, Random random) {
    while (true) {
      RawRequest genuine = caught.get(random.nextInt(caught.size()));
      RawRequest sent = forgery.of(genuine, random);
      if (!sent.isSame(genuine)) {
        return sent;
      }
    }
  }

  @Test
  void request_thatNoServerShouldRead_isRefusedAndStoresNothing() {
    long before = stored();
    RawRequest good = message("smuggled");
    String signature = good.value(RawRequest.SIGNATURE);
    List<RawRequest> hostile =
        List.of(
            good.with("Content-Length", "" + good.body().length),
            good.with(RawRequest.SIGNATURE, signature + "\r\n folded"),
            good.with(RawRequest.SIGNATURE, signature + "\u0000"),
            good.with("Bad Name", "x"),
            good.with("X-Long", "x".repeat(20_000)));
    for (RawRequest request : hostile) {
      RawWire.Answered answered = wire.send(request.wire(new Random(SEED)));
      assertTrue(answered.status() == 400 || answered.status() == 431, answered.toString());
      assertFalse(answered.body().contains("\tat "), answered.body());
    }
    assertEquals(before, stored());
  }

  @Test
  void request_genuine_isAcceptedHoweverItIsFramed() {
    Random random = new Random(SEED);
    long before = stored();
    for (int i = 0; i < 60; i++) {
      RawRequest request = message("nummer " + i + " ünwell");
      request = random.nextBoolean() ? request : request.with("X-Slack-Retry-Num", "1");
      request =
          random.nextBoolean()
              ? request
              : request.with("Content-Type", "application/json; charset=utf-8");
      request =
          random.nextBoolean()
              ? request
              : request.with(RawRequest.SIGNATURE, request.value(RawRequest.SIGNATURE) + " \t ");
      assertEquals(200, wire.send(request.wire(random)).status(), request.lines().toString());
    }
    assertEquals(before + 60, stored());
  }

  @Test
  void request_captured_isOfNoUseToWhoeverSendsItAgain() {
    List<RawRequest> captured = List.of(message("caught"), command("7.7.7"));
    captured.forEach(request -> assertEquals(200, send(request).status()));
    bot.settle();
    long stored = counted("muster_deliveries_total\\{[^}]*repeat=\"false\"[^}]*\\}");

    captured.forEach(request -> assertEquals(200, send(request).status()));
    bot.bot().advance(Duration.ofMinutes(6));
    captured.forEach(request -> assertEquals(401, send(request).status()));
    bot.bot().advance(Duration.ofDays(-1));
    captured.forEach(request -> assertEquals(401, send(request).status()));
    bot.bot().advance(Duration.ofDays(1).minusMinutes(6));
    captured.forEach(request -> assertEquals(200, send(request).status()));
    bot.settle();

    assertEquals(stored, counted("muster_deliveries_total\\{[^}]*repeat=\"false\"[^}]*\\}"));
    assertEquals(1, bot.bot().http().get("/api/v1/incidents").json().path("items").size());
  }

  @Test
  void body_withoutEnd_isReadNoFurtherThanItsLimit() throws IOException {
    long before = stored();
    RawRequest endless = message("x");
    String head = "POST /slack/events HTTP/1.1\r\n" + String.join("\r\n", endless.lines());
    byte[] declared = (head + "\r\nContent-Length: 52428800\r\n\r\n").getBytes();
    assertEquals(413, wire.send(declared).status());
    wire.close();

    wire.write((head + "\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes());
    byte[] chunk = ("100000\r\n" + " ".repeat(MEBIBYTE) + "\r\n").getBytes();
    wire.write(chunk);
    wire.write(chunk);
    assertEquals(413, wire.answer().status());
    wire.close();

    assertEquals(before, stored());
    assertEquals(200, send(message("next")).status());
  }
}
