// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.TheirClock;
import dev.muster.slack.inbound.FormBody;
import dev.muster.slack.inbound.PushIntake;
import dev.muster.slack.inbound.Taken;
import dev.muster.telemetry.Telemetry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what an envelope holds to the same intake that HTTP uses, in the shape in which HTTP would
 * have brought it. Any thread may call.
 */
final class Pushes {

  private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

  private final PushIntake intake;
  private final TheirClock theirs;
  private final Telemetry telemetry;

  Pushes(PushIntake intake, TheirClock theirs, Telemetry telemetry) {
    this.intake = intake;
    this.theirs = theirs;
    this.telemetry = telemetry;
  }

  /**
   * Returns the acknowledgement to send; empty when there must be none, so that Slack sends the
   * push again. Never throws: a store that breaks is one that did not store.
   */
  Optional<String> take(Frame.Envelope envelope) {
    try {
      return taken(envelope) instanceof Taken.Acknowledged done
          ? Optional.of(Frame.acknowledgement(envelope, done.body()))
          : Optional.empty();
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .addKeyValue("type", known(envelope.type()))
          .addKeyValue("error", e.getClass().getName())
          .log("slack_push_broke");
      telemetry.count("muster_chat_not_stored_total", "platform", "slack");
      return Optional.empty();
    }
  }

  private Taken taken(Frame.Envelope envelope) {
    return switch (envelope.type()) {
      case "events_api" -> intake.event(envelope.payload());
      case "slash_commands" ->
          intake.byHand(FormBody.write(fields(envelope.payload())), theirs.now());
      case "interactive" ->
          intake.byHand(
              FormBody.write(Map.of("payload", envelope.payload().toString())), theirs.now());
      default -> intake.unknown();
    };
  }

  private static Map<String, String> fields(JsonNode payload) {
    Map<String, String> fields = new LinkedHashMap<>();
    payload
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue().asText());
              }
            });
    return fields;
  }

  private static String known(String type) {
    return switch (type) {
      case "events_api", "slash_commands", "interactive" -> type;
      default -> "other";
    };
  }

  /** Counts what no Slack would send. */
  void refuse(String reason) {
    telemetry.count("muster_chat_refused_total", "platform", "slack", "reason", reason);
  }
}
