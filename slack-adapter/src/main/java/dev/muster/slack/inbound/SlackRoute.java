// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.slack.api.Slack;
import com.slack.api.bolt.response.Response;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.FormVerbs;
import dev.muster.slack.client.Identity;
import dev.muster.slack.inbound.RequestVerifier.Verdict;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Answers {@code POST /slack/events}: checks the bytes, reads them once and strictly, stores what
 * they mean, and only then acknowledges. What is genuine and means nothing to us is acknowledged as
 * well, because Slack switches off an app that refuses too much. A retry is handled like a first
 * try; the store knows what it has. Any thread may call.
 */
public final class SlackRoute implements RouteHandler, AutoCloseable {

  /** Where Slack sends everything. */
  public static final String PATH = "/slack/events";

  /** Slack's largest payloads, views of 250 KB inside a form, stay below half of this. */
  static final int LARGEST_BODY = 1024 * 1024;

  private static final String TIMESTAMP = "x-slack-request-timestamp";
  private static final String SIGNATURE = "x-slack-signature";
  private static final int LARGEST_PROBE = 1024;
  private static final Set<String> BY_HAND =
      Set.of("block_actions", "view_submission", "shortcut", "message_action");

  private final RequestVerifier verifier;
  private final ChatInbox inbox;
  private final EventDecoder decoder;
  private final ChannelDirectory directory;
  private final Executor executor;
  private final BoltBridge bolt;
  private final InstantSource clock;
  private final Telemetry telemetry;

  /** Creates the route. */
  public SlackRoute(Parts parts, ChatInbox inbox, InstantSource clock, Telemetry telemetry) {
    this.verifier = parts.verifier();
    this.inbox = inbox;
    this.directory = parts.directory();
    this.executor = parts.executor();
    this.decoder = new EventDecoder(parts.identity()::ifKnown, directory::nameOf);
    this.bolt =
        new BoltBridge(
            parts.slack(), inbox, new AnswerSlot(parts.forms(), parts.executor()), clock);
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * What the route is made of.
   *
   * @param verifier checks requests
   * @param identity knows which messages are the bot's own
   * @param directory knows the names of channels
   * @param forms replaces forms whose answer came late
   * @param executor runs that replacement
   * @param slack the SDK object that Bolt is given
   */
  public record Parts(
      RequestVerifier verifier,
      Identity identity,
      ChannelDirectory directory,
      FormVerbs forms,
      Executor executor,
      Slack slack) {}

  @Override
  public RouteAnswer handle(RouteRequest request) throws IOException {
    Optional<byte[]> read = request.body(LARGEST_BODY);
    if (read.isEmpty()) {
      return refuse(413, "body_too_large", "A request from Slack is never this large.");
    }
    byte[] body = read.get();
    Optional<String> timestamp = request.header(TIMESTAMP);
    Verdict verdict = verifier.judge(timestamp, request.header(SIGNATURE), body, clock.instant());
    if (verdict != Verdict.GENUINE) {
      return isProbe(body)
          ? RouteAnswer.empty(200)
          : refuse(401, verdict.name().toLowerCase(Locale.ROOT), "This request is not from Slack.");
    }
    Optional<String> text = StrictJson.utf8(body);
    if (text.isEmpty()) {
      return refuse(400, "not_utf8", "The body is not UTF-8.");
    }
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/json")
        ? event(text.get())
        : form(text.get(), Long.parseLong(timestamp.orElseThrow()));
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
    return switch (StrictJson.text(payload.get(), "type")) {
      case "url_verification" -> challenge(payload.get());
      case "event_callback" -> heard(decoder.decode(payload.get()));
      default -> ignored("unknown_type");
    };
  }

  private static RouteAnswer challenge(JsonNode payload) {
    return RouteAnswer.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("challenge", StrictJson.text(payload, "challenge"))
            .toString());
  }

  private RouteAnswer heard(Decoded decoded) {
    if (decoded instanceof Decoded.Ignored nothing) {
      if (nothing.reason().equals(EventDecoder.OWN_MEMBERSHIP)) {
        executor.execute(directory::refresh);
      }
      return ignored(nothing.reason());
    }
    Delivery delivery = ((Decoded.Heard) decoded).delivery();
    if (delivery.event() instanceof ChatEvent.ChannelChanged changed) {
      keepName(changed);
    }
    Receipt receipt = inbox.accept(delivery);
    return receipt instanceof Receipt.Stored ? RouteAnswer.empty(200) : notStored();
  }

  private void keepName(ChatEvent.ChannelChanged changed) {
    switch (changed.change()) {
      case RENAMED -> directory.note(changed.channel().id(), changed.name());
      case ARCHIVED, DELETED -> directory.forget(changed.channel().id());
      case UNARCHIVED -> executor.execute(directory::refresh);
    }
  }

  private RouteAnswer form(String text, long sentAt) {
    Optional<Map<String, String>> fields = FormBody.read(text);
    if (fields.isEmpty()) {
      return refuse(400, "malformed", "The body is not a form.");
    }
    if (fields.get().containsKey("ssl_check")) {
      return RouteAnswer.empty(200);
    }
    if (!fields.get().containsKey("payload")) {
      return fields.get().containsKey("command")
          ? byBolt(text, WithoutSecrets.of(fields.get()), sentAt)
          : ignored("unknown_type");
    }
    Optional<JsonNode> payload = StrictJson.object(fields.get().get("payload"));
    if (payload.isEmpty()) {
      return refuse(400, "malformed", "The payload is not one JSON object.");
    }
    // Bolt writes what it does not know into the log, whole; so it gets nothing of that kind.
    return BY_HAND.contains(StrictJson.text(payload.get(), "type"))
        ? byBolt(text, WithoutSecrets.of(payload.get()), sentAt)
        : ignored("unknown_type");
  }

  /** A payload that misses what it must have makes Bolt or the decoder throw. */
  private RouteAnswer byBolt(String text, byte[] raw, long sentAt) {
    try {
      return answer(bolt.run(text, raw, sentAt));
    } catch (NullPointerException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return refuse(400, "incomplete", "The payload misses a part that it must have.");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Bolt did not handle a request", e);
    }
  }

  private RouteAnswer answer(Response response) {
    if (response.getStatusCode() == 503) {
      return notStored();
    }
    String body = response.getBody();
    if (body == null || body.isEmpty()) {
      return RouteAnswer.empty(response.getStatusCode());
    }
    return RouteAnswer.json(response.getStatusCode(), body);
  }

  private RouteAnswer notStored() {
    telemetry.count("muster_chat_not_stored_total", "platform", "slack");
    byte[] body =
        "{\"error\":\"not_stored\",\"message\":\"Please deliver this again.\"}"
            .getBytes(StandardCharsets.UTF_8);
    return new RouteAnswer.Bytes(503, "application/json", body, Map.of("Retry-After", "5"));
  }

  private RouteAnswer ignored(String reason) {
    telemetry.count("muster_chat_ignored_total", "platform", "slack", "reason", reason);
    return RouteAnswer.empty(200);
  }

  private RouteAnswer refuse(int status, String reason, String sentence) {
    telemetry.count("muster_chat_refused_total", "platform", "slack", "reason", reason);
    return RouteAnswer.json(
        status, "{\"error\":\"" + reason + "\",\"message\":\"" + sentence + "\"}");
  }

  @Override
  public void close() {
    bolt.close();
  }
}
