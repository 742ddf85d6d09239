// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.alert.SafeText;
import dev.muster.chat.SecretPatterns;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.engine.Engine;
import dev.muster.engine.HookReceipt;
import dev.muster.http.alert.StrictJson;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.runbook.StepOutcome;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes late results of runbook steps at {@code /hooks/{id}}, the address that every call carries
 * in {@code X-Muster-Callback}. The address is the proof; it is good for one result.
 */
final class HookRoutes {

  private static final int MOST_OUTPUTS = 100;

  /** More than is kept: whoever looks for secrets in it must see them whole. */
  private static final int LONGEST_OUTPUT = 2_000;

  private static final int LONGEST_MESSAGE = 300;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final String SHAPE =
      "Send one JSON object such as { \"status\": \"succeeded\", \"message\": \"done\","
          + " \"outputs\": { \"version\": \"1.4.1\" } }; status is succeeded or failed, the rest"
          + " may be left out.";

  private final Engine engine;
  private final Telemetry telemetry;

  HookRoutes(Engine engine, Telemetry telemetry) {
    this.engine = engine;
    this.telemetry = telemetry;
  }

  void contribute(Routes routes) {
    routes.route("POST", "/hooks/{id}", this::take);
  }

  private RouteAnswer take(RouteRequest request) throws IOException {
    String id = request.pathPart("id");
    if (!engine.isHook(id)) {
      return refuse(404, "unknown_hook", "No step was given this address.");
    }
    Optional<byte[]> body = request.body(JavalinRequest.MAX_BODY);
    if (body.isEmpty()) {
      return refuse(413, "too_large", "A body has at most 5 MiB.");
    }
    UnaryOperator<String> masking = engine.maskingOf(id);
    Optional<StepOutcome> outcome =
        StrictJson.object(body.get()).flatMap(result -> outcome(result, masking));
    if (outcome.isEmpty()) {
      return refuse(400, "not_a_result", SHAPE);
    }
    return answer(engine.acceptLateResult(id, outcome.get()));
  }

  private RouteAnswer refuse(int status, String code, String sentence) {
    telemetry.count("muster_late_results_refused_total", "reason", code);
    return Answers.problem(status, code, sentence);
  }

  private RouteAnswer answer(HookReceipt receipt) {
    if (receipt instanceof HookReceipt.Stored stored) {
      ObjectNode out = Answers.JSON.createObjectNode();
      out.put("delivery", stored.delivery());
      out.put("duplicate", stored.duplicate());
      return Answers.json(202, out);
    }
    return receipt instanceof HookReceipt.Unknown
        ? refuse(404, "unknown_hook", "No step was given this address.")
        : Answers.comeAgain();
  }

  private static Optional<StepOutcome> outcome(JsonNode result, UnaryOperator<String> masking) {
    String status = result.path("status").asText().toLowerCase(Locale.ROOT);
    JsonNode message = result.path("message");
    JsonNode outputs = result.path("outputs");
    boolean shaped =
        result.path("status").isTextual()
            && (message.isMissingNode() || message.isNull() || message.isTextual())
            && (outputs.isMissingNode() || outputs.isNull() || outputs.isObject());
    if (!shaped || !status.equals("succeeded") && !status.equals("failed")) {
      return Optional.empty();
    }
    StepOutcome.Kind kind =
        status.equals("succeeded") ? StepOutcome.Kind.SUCCEEDED : StepOutcome.Kind.FAILED;
    String words = message.isTextual() ? line(masking.apply(message.textValue())) : "";
    String note =
        "The target reported later that it " + status + (words.isEmpty() ? "." : ": " + words);
    return Optional.of(new StepOutcome(kind, note, outputs(outputs, masking)));
  }

  /** One line for people, without what looks like a secret. */
  private static String line(String text) {
    return SafeText.line(SecretPatterns.clean(text).text(), LONGEST_MESSAGE);
  }

  private static Map<String, String> outputs(JsonNode given, UnaryOperator<String> masking) {
    Map<String, String> outputs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      boolean fits = KEY.matcher(field.getKey()).matches() && field.getValue().isValueNode();
      if (fits && outputs.size() < MOST_OUTPUTS) {
        String text = masking.apply(field.getValue().asText());
        outputs.put(
            masking.apply(field.getKey()),
            text.substring(0, Math.min(text.length(), LONGEST_OUTPUT)));
      }
    }
    return outputs;
  }
}
