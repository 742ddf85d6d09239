// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.slack.inbound.RequestVerifier.Verdict;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code POST /slack/events}: checks the bytes, reads them strictly, and answers as {@link
 * PushIntake} says. Any thread may call.
 */
public final class SlackRoute implements RouteHandler {

  /** Where Slack sends everything. */
  public static final String PATH = "/slack/events";

  /** Slack's largest payloads, views of 250 KB inside a form, stay below half of this. */
  static final int LARGEST_BODY = 1024 * 1024;

  private static final String TIMESTAMP = "x-slack-request-timestamp";
  private static final String SIGNATURE = "x-slack-signature";
  private static final int LARGEST_PROBE = 1024;

  private final BooleanSupplier open;
  private final RequestVerifier verifier;
  private final OutOfWindow outside;
  private final PushIntake intake;
  private final InstantSource clock;
  private final Telemetry telemetry;

  /**
   * Creates the route.
   *
   * @param open whether requests are wanted now; while they are not, there is no such path
   * @param outside is told of what is refused for its timestamp alone
   */
  public SlackRoute(
      BooleanSupplier open,
      RequestVerifier verifier,
      OutOfWindow outside,
      PushIntake intake,
      InstantSource clock,
      Telemetry telemetry) {
    this.open = open;
    this.verifier = verifier;
    this.outside = outside;
    this.intake = intake;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  @Override
  public RouteAnswer handle(RouteRequest request) throws IOException {
    if (!open.getAsBoolean()) {
      return RouteAnswer.json(404, problem("not_found", "There is nothing here."));
    }
    Optional<byte[]> read = request.body(LARGEST_BODY);
    if (read.isEmpty()) {
      return refuse(413, "body_too_large", "A request from Slack is never this large.");
    }
    byte[] body = read.get();
    Optional<String> timestamp = request.header(TIMESTAMP);
    Optional<String> signature = request.header(SIGNATURE);
    Instant now = clock.instant();
    Verdict verdict = verifier.judge(timestamp, signature, body, now);
    if (verdict == Verdict.NOT_NOW) {
      verifier.signedAt(timestamp, signature, body, now).ifPresent(at -> outside.refused(at, now));
    }
    if (verdict != Verdict.GENUINE) {
      return isProbe(body)
          ? RouteAnswer.empty(200)
          : refuse(401, verdict.name().toLowerCase(Locale.ROOT), "This request is not from Slack.");
    }
    outside.taken();
    return taken(request, body, Instant.ofEpochSecond(Long.parseLong(timestamp.orElseThrow())));
  }

  private RouteAnswer taken(RouteRequest request, byte[] body, Instant sentAt) {
    Optional<String> text = StrictJson.utf8(body);
    if (text.isEmpty()) {
      return refuse(400, "not_utf8", "The body is not UTF-8.");
    }
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/json")
        ? event(text.get())
        : answer(intake.byHand(text.get(), sentAt));
  }

  /** Slack probes the address of an app without a signature; the answer tells nothing. */
  private static boolean isProbe(byte[] body) {
    return body.length <= LARGEST_PROBE
        && ("&" + new String(body, StandardCharsets.ISO_8859_1) + "&").contains("&ssl_check=1&");
  }

  private RouteAnswer event(String text) {
    Optional<JsonNode> payload = StrictJson.object(text);
    if (payload.isEmpty()) {
      return refuse(400, "malformed", "The body is not one JSON object.");
    }
    return StrictJson.text(payload.get(), "type").equals("url_verification")
        ? challenge(payload.get())
        : RouteAnswer.when(
            intake.eventSoon(payload.get()).thenApply(taken -> (RouteAnswer.Bytes) answer(taken)));
  }

  private RouteAnswer challenge(JsonNode payload) {
    intake.called();
    return RouteAnswer.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("challenge", StrictJson.text(payload, "challenge"))
            .toString());
  }

  private static RouteAnswer answer(Taken taken) {
    if (taken instanceof Taken.Acknowledged done) {
      return done.body().isEmpty() ? RouteAnswer.empty(200) : RouteAnswer.json(200, done.body());
    }
    return taken instanceof Taken.Refused refused
        ? RouteAnswer.json(400, problem(refused.reason(), refused.sentence()))
        : new RouteAnswer.Bytes(
            503,
            "application/json",
            problem("not_stored", "Please deliver this again.").getBytes(StandardCharsets.UTF_8),
            Map.of("Retry-After", "5"));
  }

  private RouteAnswer refuse(int status, String reason, String sentence) {
    telemetry.count("muster_chat_refused_total", "platform", "slack", "reason", reason);
    return RouteAnswer.json(status, problem(reason, sentence));
  }

  private static String problem(String reason, String sentence) {
    return "{\"error\":\"" + reason + "\",\"message\":\"" + sentence + "\"}";
  }
}
