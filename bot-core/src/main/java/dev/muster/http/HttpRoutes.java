// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.engine.Engine;
import dev.muster.engine.Platforms;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.OperatorNotices;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Registers every route of our own. */
public final class HttpRoutes {

  /**
   * What the routes stand on.
   *
   * @param engine where alerts go
   * @param store for readiness and views
   * @param config what is in force
   * @param reload takes over a changed configuration
   * @param clock the clock
   * @param telemetry counters
   * @param platforms for the health page
   */
  public record Parts(
      Engine engine,
      UnitOfWork store,
      LiveConfig config,
      Supplier<ConfigResult> reload,
      InstantSource clock,
      Telemetry telemetry,
      Platforms platforms) {}

  private final Parts parts;
  private final Gatekeeper gatekeeper;
  private final Readiness readiness;

  /** Makes the routes; {@link #contribute} registers them. */
  public HttpRoutes(Parts parts, Gatekeeper gatekeeper) {
    this.parts = parts;
    this.gatekeeper = gatekeeper;
    this.readiness =
        new Readiness(parts.store(), parts.clock(), System::nanoTime, Readiness.PATIENCE);
  }

  /** Registers them. */
  public void contribute(HttpServer server) {
    IncidentViews views = new IncidentViews(parts.store());
    OperatorNotices notices = new OperatorNotices(parts.store());
    parts.telemetry().gauge("muster_operator_notices_open", () -> notices.open().size());
    new AlertRoutes(
            parts.engine(),
            () -> parts.config().current().alerts().sources(),
            parts.clock(),
            parts.telemetry(),
            HttpRoutes::isLoopback)
        .contribute(server);
    new HookRoutes(parts.engine(), parts.telemetry()).contribute(server);
    new IncidentApi(views, gatekeeper::viewer).contribute(server);
    new RunningRoutes(
            parts.engine()::isAlive,
            readiness::isReady,
            this::health,
            parts.reload(),
            parts.telemetry(),
            gatekeeper)
        .contribute(server);
  }

  private static boolean isLoopback(RouteRequest request) {
    return request instanceof JavalinRequest javalin && javalin.isFromThisMachine();
  }

  private ObjectNode health() {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("alive", parts.engine().isAlive());
    out.put("ready", readiness.isReady());
    out.put("config", parts.config().sha256());
    long deliveries = parts.store().read(tx -> tx.inbox().backlog());
    long orders = parts.engine().ordersWaiting();
    out.put("inboxBacklog", deliveries);
    out.put("effectBacklog", orders);
    ArrayNode notices = out.putArray("notices");
    for (OperatorNotices.Shown notice : new OperatorNotices(parts.store()).open()) {
      notices
          .addObject()
          .put("platform", notice.platform())
          .put("topic", notice.topic())
          .put("since", notice.since().toString())
          .put("message", notice.sentence());
    }
    ArrayNode platforms = out.putArray("platforms");
    for (ChatPlatform platform : parts.platforms().all()) {
      ObjectNode node = platforms.addObject();
      node.put("name", platform.name());
      ArrayNode can = node.putArray("capabilities");
      platform.capabilities().stream().map(Enum::name).sorted().forEach(can::add);
    }
    return out;
  }
}
