// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.access.Level;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.config.AlertSource;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.engine.Engine;
import dev.muster.engine.Platforms;
import dev.muster.http.spi.Accounts;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.OperatorNotices;
import dev.muster.signin.ApiTokens;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
   * @param signIn how people sign in, if they do
   * @param tokens the tokens that admins make
   * @param aside where alerts are kept while there is no store
   */
  public record Parts(
      Engine engine,
      UnitOfWork store,
      LiveConfig config,
      Supplier<ConfigResult> reload,
      InstantSource clock,
      Telemetry telemetry,
      Platforms platforms,
      Optional<SignIn> signIn,
      ApiTokens tokens,
      AlertsAside aside) {}

  private final Parts parts;
  private final Gatekeeper gatekeeper;
  private final Readiness readiness;
  private final Optional<AccountRoutes> accounts;
  private final TokenWishes wishes;

  /** Makes the routes; {@link #contribute} registers them. */
  public HttpRoutes(Parts parts, Gatekeeper gatekeeper) {
    this.parts = parts;
    this.gatekeeper = gatekeeper;
    this.wishes = new TokenWishes(() -> sources(parts.config()));
    this.accounts = parts.signIn().map(signIn -> new AccountRoutes(signIn, parts.tokens(), wishes));
    this.readiness =
        new Readiness(parts.store(), parts.clock(), System::nanoTime, Readiness.PATIENCE);
  }

  /** Returns who is signed in, for pages; empty where nobody signs in. */
  public Optional<Accounts> accounts() {
    return accounts.map(Accounts.class::cast);
  }

  /**
   * Registers them.
   *
   * @param address where people reach the program; asked once it listens
   */
  public void contribute(HttpServer server, Supplier<String> address) {
    parts
        .signIn()
        .ifPresent(
            signIn -> new SignInRoutes(signIn, parts.telemetry(), address).contribute(server));
    accounts.ifPresent(routes -> routes.contribute(server));
    new TokenRoutes(parts.tokens(), wishes).contribute(server);
    server.route("GET", "/api/v1/me", HttpRoutes::me);
    IncidentViews views = new IncidentViews(parts.store());
    OperatorNotices notices = new OperatorNotices(parts.store());
    parts.telemetry().gauge("muster_operator_notices_open", () -> notices.open().size());
    new AlertRoutes(
            parts.engine(),
            () -> parts.config().current().alerts().sources(),
            parts.clock(),
            parts.telemetry(),
            HttpRoutes::isLoopback,
            parts.tokens(),
            parts.aside())
        .contribute(server);
    new HookRoutes(parts.engine(), parts.telemetry()).contribute(server);
    new IncidentApi(views, gatekeeper::viewer).contribute(server);
    new RunningRoutes(
            () -> server.isShut() || parts.engine().isAlive(),
            readiness::isReady,
            this::health,
            parts.reload(),
            parts.telemetry())
        .contribute(server);
  }

  private static List<String> sources(LiveConfig config) {
    return config.current().alerts().sources().stream().map(AlertSource::name).toList();
  }

  /** Who calls, and what scripts of our pages send along with every write. */
  private static RouteAnswer me(RouteRequest request) {
    Caller caller = ((JavalinRequest) request).caller();
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("name", caller.person().orElse(null));
    out.put("role", caller.level().map(Level::word).orElse(null));
    boolean person = caller instanceof Caller.SignedIn;
    out.put("signedIn", person);
    out.put("csrf", person ? ((Caller.SignedIn) caller).formToken() : null);
    return Answers.json(200, out);
  }

  private static boolean isLoopback(RouteRequest request) {
    return request instanceof FromSomewhere known && known.isFromThisMachine();
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
    parts
        .store()
        .read(tx -> tx.note(Tx.NEWEST_BACKUP))
        .map(note -> note.split(" ", 2))
        .ifPresentOrElse(
            note -> out.putObject("lastBackup").put("at", note[0]).put("file", note[1]),
            () -> out.putNull("lastBackup"));
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
