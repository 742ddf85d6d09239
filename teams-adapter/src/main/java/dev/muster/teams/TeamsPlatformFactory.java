// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.CappedBody;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.TheirClock;
import dev.muster.teams.client.BotCredentials;
import dev.muster.teams.client.Connector;
import dev.muster.teams.client.Grants;
import dev.muster.teams.client.Graph;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.PendingDialogs;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.PublicAddresses;
import dev.muster.teams.client.SdkClients;
import dev.muster.teams.client.SignIn;
import dev.muster.teams.client.TokenSource;
import dev.muster.teams.client.Turns;
import dev.muster.teams.client.Wires;
import dev.muster.teams.inbound.AlertRooms;
import dev.muster.teams.inbound.InboundAssembly;
import dev.muster.teams.inbound.Knowledge;
import dev.muster.teams.inbound.LateAnswers;
import dev.muster.teams.inbound.RequestVerifier;
import dev.muster.teams.inbound.SigningKeys;
import dev.muster.teams.inbound.TeamsRoute;
import dev.muster.teams.pace.Budget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Makes the platform {@code teams}: Microsoft Teams through the Bot Connector and Graph. */
public final class TeamsPlatformFactory implements ChatPlatformFactory<TeamsSettings> {

  private static final String BOT_SCOPE = "https://api.botframework.com/.default";
  private static final String GRAPH_SCOPE = "https://graph.microsoft.com/.default";

  /**
   * Tokens that Teams sends along live for an hour, and {@link RequestVerifier} allows the rest.
   */
  private static final Duration FURTHEST = Duration.ofMinutes(65);

  /** Graph and the connector answer within this or not at all. */
  private static final int LONGEST_CALL_SECONDS = 15;

  /** Fifty threads of a channel with hundreds of answers each stay below. */
  private static final long LARGEST_ANSWER = 32L * 1024 * 1024;

  /** Creates the factory; used by the service loader. */
  public TeamsPlatformFactory() {}

  @Override
  public String name() {
    return MessageIds.PLATFORM;
  }

  @Override
  public Class<TeamsSettings> configType() {
    return TeamsSettings.class;
  }

  @Override
  public ChatPlatform create(TeamsSettings config, ChatInbox inbox, PlatformRuntime runtime) {
    requireLoopback(config, runtime);
    TheirClock theirs = new TheirClock(runtime.clock(), FURTHEST);
    OkHttpClient http = client(runtime.http()).newBuilder().addInterceptor(theirs).build();
    HostGuard hosts = new HostGuard(config.serviceUrlHosts());
    TokenSource botTokens = tokens(http, config, runtime, BOT_SCOPE);
    TokenSource graphTokens = tokens(http, config, runtime, GRAPH_SCOPE);
    BotCredentials credentials = new BotCredentials(config.appId(), botTokens, hosts);
    SdkClients clients = new SdkClients(http, credentials, hosts);
    Places places = new Places(runtime.memory(), hosts);
    PendingDialogs dialogs = new PendingDialogs();
    LateAnswers late = new LateAnswers(runtime.executor(), runtime.clock());
    Grants grants = new Grants(config.identity().canOpenChats());
    Turns turns = turns(config, runtime);
    Connector connector = new Connector(clients, http, botTokens, turns);
    Graph graph = new Graph(http, config.graphUrl(), graphTokens, turns, grants);
    Knowledge known = Knowledge.of(places, config.tenantId(), runtime.memory());
    Wires wires = new Wires(config.identity(), runtime.clock(), connector, graph, places);
    var inbound = new InboundAssembly(inbox, runtime, credentials, clients, known, dialogs, late);
    Optional<SigningKeys> keys = keys(config, runtime);
    Hearing hearing = new Hearing(inbox, runtime, keys, theirs);
    TeamsRoute route =
        inbound.route(keys, gate(config, hosts, theirs), config.identity(), hearing::called);
    runtime.route("POST", "/api/messages", route);
    return new TeamsPlatform(
        wires,
        new TeamsPlatform.Parts(
            config,
            known,
            dialogs,
            late,
            new SignIn(botTokens, graphTokens),
            grants,
            hearing,
            new OperatorNotices(name(), inbox, runtime.memory(), runtime.clock()),
            runtime.executor(),
            () -> warmUp(keys, route, places, runtime),
            alertRooms(known, config, inbox, runtime),
            inbound.newcomers()));
  }

  private static AlertRooms.Making alertRooms(
      Knowledge known, TeamsSettings config, ChatInbox inbox, PlatformRuntime runtime) {
    Supplier<List<String>> written = alerting(config, runtime);
    return (channels, history) ->
        new AlertRooms(known.alerts(), channels, history, written, inbox, runtime);
  }

  private static Supplier<List<String>> alerting(TeamsSettings first, PlatformRuntime runtime) {
    return () -> runtime.reloaded(TeamsSettings.class).orElse(first).alertChannels();
  }

  private static TeamsRoute.Gate gate(TeamsSettings config, HostGuard hosts, TheirClock theirs) {
    return new TeamsRoute.Gate(config.appId(), config.tenantId(), hosts, theirs);
  }

  private static Turns turns(TeamsSettings config, PlatformRuntime runtime) {
    SplittableRandom random = new SplittableRandom(config.appId().hashCode());
    Budget budget = new Budget(runtime.clock(), runtime.telemetry(), random::nextDouble);
    return new Turns(budget, runtime.telemetry());
  }

  private static void warmUp(
      Optional<SigningKeys> keys, TeamsRoute route, Places places, PlatformRuntime runtime) {
    keys.ifPresent(SigningKeys::warmUp);
    places.address("").ifPresent(url -> runtime.executor().execute(() -> route.warmUp(url)));
  }

  /** Makes the client of all calls from the shared one. */
  static OkHttpClient client(OkHttpClient shared) {
    return shared
        .newBuilder()
        .dns(new PublicAddresses(shared.dns()))
        .addInterceptor(TeamsPlatformFactory::withinReason)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .callTimeout(LONGEST_CALL_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  /** The SDK and we read an answer whole into memory. */
  private static Response withinReason(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.newBuilder().body(new CappedBody(response.body(), LARGEST_ANSWER)).build();
  }

  /** Keys may come out of a cache, so their client learns nothing of Microsoft's clock. */
  private static Optional<SigningKeys> keys(TeamsSettings config, PlatformRuntime runtime) {
    OkHttpClient http = client(runtime.http());
    return config.anonymous()
        ? Optional.empty()
        : Optional.of(
            new SigningKeys(http, runtime.clock(), runtime.executor(), config.openidMetadataUrl()));
  }

  private static TokenSource tokens(
      OkHttpClient http, TeamsSettings config, PlatformRuntime runtime, String scope) {
    TokenSource.App app =
        new TokenSource.App(
            config.loginUrl(),
            config.tenantId(),
            config.appId(),
            new ProofInForce(config, runtime),
            runtime.ids());
    return new TokenSource(http, runtime.clock(), app, scope);
  }

  private static void requireLoopback(TeamsSettings config, PlatformRuntime runtime) {
    if (config.anonymous() && !runtime.isLocalOnly()) {
      throw new IllegalArgumentException(
          "platforms.teams.anonymous accepts unsigned activities and works on this machine only."
              + " Set it to false, or server.host to 127.0.0.1.");
    }
  }
}
