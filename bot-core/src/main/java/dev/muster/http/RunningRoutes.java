// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.command.CommandSpec;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Health, metrics, the list of verbs, the description of the API, and taking over a change. */
final class RunningRoutes {

  private final BooleanSupplier alive;
  private final BooleanSupplier ready;
  private final Supplier<ObjectNode> health;
  private final Supplier<ConfigResult> reload;
  private final Telemetry telemetry;

  RunningRoutes(
      BooleanSupplier alive,
      BooleanSupplier ready,
      Supplier<ObjectNode> health,
      Supplier<ConfigResult> reload,
      Telemetry telemetry) {
    this.alive = alive;
    this.ready = ready;
    this.health = health;
    this.reload = reload;
    this.telemetry = telemetry;
  }

  void contribute(Routes routes) {
    routes.route("GET", "/livez", request -> check(alive, "not_alive", "A loop has stalled."));
    routes.route(
        "GET", "/readyz", request -> check(ready, "not_ready", "The store takes no writes."));
    routes.route("GET", "/metrics", this::metrics);
    routes.route("GET", "/api/v1/health", request -> Answers.json(200, health.get()));
    routes.route("GET", "/api/v1/commands", this::commands);
    routes.route("GET", "/api/v1/openapi.json", this::openApi);
    routes.route("POST", "/api/v1/config/reload", this::reload);
  }

  private static RouteAnswer check(BooleanSupplier good, String code, String message) {
    if (!good.getAsBoolean()) {
      return Answers.problem(503, code, message);
    }
    return Answers.json(200, Answers.JSON.createObjectNode().put("ok", true));
  }

  private RouteAnswer metrics(RouteRequest request) {
    byte[] text = telemetry.prometheusText().getBytes(StandardCharsets.UTF_8);
    return new RouteAnswer.Bytes(200, "text/plain; version=0.0.4; charset=utf-8", text, Map.of());
  }

  private RouteAnswer commands(RouteRequest request) {
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    for (CommandSpec spec : CommandSpec.all()) {
      ObjectNode item = items.addObject();
      item.put("verb", spec.verb());
      item.put("usage", String.join(" | ", spec.usages()));
      item.put("help", spec.help());
      item.put("example", spec.typedExample());
    }
    return Answers.json(200, out);
  }

  private RouteAnswer openApi(RouteRequest request) throws IOException {
    try (InputStream in = RunningRoutes.class.getResourceAsStream("/openapi.json")) {
      return new RouteAnswer.Bytes(200, "application/json", in.readAllBytes(), Map.of());
    }
  }

  private RouteAnswer reload(RouteRequest request) {
    return reload.get().match(RunningRoutes::taken, RunningRoutes::refused);
  }

  private static RouteAnswer taken(ConfigResult.Loaded loaded) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("ok", true);
    out.put("sha256", loaded.sha256());
    ArrayNode warnings = out.putArray("warnings");
    loaded.warnings().stream().map(ConfigProblem::toString).forEach(warnings::add);
    return Answers.json(200, out);
  }

  private static RouteAnswer refused(ConfigResult.Refused refused) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("error", "bad_configuration");
    out.put(
        "message",
        "The changed configuration has "
            + refused.problems().size()
            + " problems; the old one stays in force.");
    ArrayNode problems = out.putArray("problems");
    refused.problems().stream().map(ConfigProblem::toString).forEach(problems::add);
    return Answers.json(422, out);
  }
}
