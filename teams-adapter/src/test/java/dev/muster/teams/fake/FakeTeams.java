// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Exchange.Reply;
import dev.muster.testkit.Undated;
import dev.muster.testkit.WireAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A local server that stands for Microsoft's side: key metadata, sign-in, Bot Connector and Graph.
 * It keeps Teams' rules and limits, writes every call into a ledger, and lets one call at a time go
 * wrong. It was never compared with the real Teams.
 */
public final class FakeTeams implements AutoCloseable {

  /** The app's password. */
  public static final String PASSWORD = "fake-app-password-9f2b";

  /** What is away while Teams is dark. */
  private static final Set<Part> FAR = Set.of(Part.CONNECTOR, Part.GRAPH, Part.READING);

  /** The delay that a rate limit names. */
  public static final Duration RATE_LIMIT = Duration.ofSeconds(7);

  static {
    // Without it each answer of the JDK's server waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> new Thread(task, "fake-teams"));
  private final FakeTenant tenant;
  private final Scopes grants = new Scopes();
  private final FakeLogin login;
  private final FakeConnector connector;
  private final FakeGraph graph;
  private final List<FakeKeys> keys = new ArrayList<>(List.of(FakeKeys.connector()));
  private final Map<Part, Fault> armed = new EnumMap<>(Part.class);
  private final List<Call> ledger = new ArrayList<>();
  private final Faults faults = new Faults();
  private final Pace pace = new Pace();
  private Fault nextChange;
  private boolean dark;
  private volatile Duration takes = Duration.ZERO;
  private final CountDownLatch released = new CountDownLatch(1);

  /** What of Microsoft's side a call is for. */
  public enum Part {
    /** The OpenID document. */
    METADATA,
    /** The key document. */
    KEYS,
    /** Signing in. */
    LOGIN,
    /** A connector call that changes something. */
    CONNECTOR,
    /** A Graph call that changes something. */
    GRAPH,
    /** A call that only reads. */
    READING
  }

  /**
   * A call in the ledger.
   *
   * @param part what it was for
   * @param method in upper case
   * @param path raw, with the query
   * @param authorization the header; empty when there was none
   * @param status what was answered; 0 when the answer was lost
   * @param kind which of the calls that the adapter is known to make; empty for another
   * @param done whether it was carried out, whatever the caller heard
   * @param at when, by the stand-in's clock
   */
  public record Call(
      Part part,
      String method,
      String path,
      String authorization,
      int status,
      Optional<FakeCall> kind,
      boolean done,
      Instant at) {}

  /** Starts on a free port of this machine. */
  public FakeTeams(InstantSource clock) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tenant = new FakeTenant(clock);
    connector = new FakeConnector(tenant);
    login = new FakeLogin(clock, grants);
    graph = new FakeGraph(tenant, grants, graphUrl());
    server.createContext("/", this::handle).getFilters().add(new Undated());
    server.setExecutor(threads);
    server.start();
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Returns the service address that activities name. */
  public String serviceUrl() {
    return base() + "connector/";
  }

  /** Returns where Graph is. */
  public String graphUrl() {
    return base() + "graph/v1.0/";
  }

  /** Returns where the app signs in. */
  public String loginUrl() {
    return base() + "login/";
  }

  /** Returns where the OpenID document is. */
  public String metadataUrl() {
    return base() + "openid/configuration";
  }

  /** Returns the tenant behind it. */
  public FakeTenant tenant() {
    return tenant;
  }

  /** Returns the sign-in service. */
  public FakeLogin login() {
    return login;
  }

  /** Takes a permission of Graph away; tokens issued before keep it. */
  public void without(String permission) {
    grants.take(permission);
  }

  /** Gives a permission of Graph back; only tokens issued from now on have it. */
  public void with(String permission) {
    grants.give(permission);
  }

  /** Returns whether Teams takes a channel name. */
  public static boolean isLegalName(String name) {
    return FakeGraph.isLegal(name);
  }

  /** Publishes another signing key. */
  public synchronized void publish(FakeKeys key) {
    keys.add(key);
  }

  /** Takes all signing keys back but this one. */
  public synchronized void publishOnly(FakeKeys key) {
    keys.clear();
    keys.add(key);
  }

  /** Lets the next call to a part go wrong. */
  public synchronized void arm(Part part, Fault fault) {
    armed.put(part, fault);
  }

  /** Lets the next call that changes something go wrong, whichever part it is for. */
  public synchronized void armNextChange(Fault fault) {
    nextChange = fault;
  }

  /** Lets the next call of a kind go wrong. */
  public synchronized void arm(FakeCall call, FakeFault fault) {
    faults.arm(call, fault);
  }

  /** Returns whether a call of a kind for which something was armed has not come yet. */
  public synchronized boolean isArmed() {
    return faults.isArmed();
  }

  /** Cuts every call of the connector and of Graph before anything is done; signing in works. */
  public synchronized void goDark(boolean now) {
    dark = now;
  }

  private synchronized Optional<FakeFault> faultFor(Optional<FakeCall> call, Part part) {
    return dark && FAR.contains(part) ? Optional.of(FakeFault.CUTS_BEFORE) : faults.next(call);
  }

  private synchronized Fault faultFor(Part part) {
    Fault fault = armed.remove(part);
    boolean changes = part == Part.CONNECTOR || part == Part.GRAPH;
    if (fault == null && changes && nextChange != null) {
      fault = nextChange;
      nextChange = null;
    }
    return fault;
  }

  /** Lets real time pass before each call is carried out, as on the way to Microsoft. */
  public void takes(Duration each) {
    takes = each;
  }

  /** Lets calls that wait go on. */
  public void release() {
    released.countDown();
  }

  /** Returns all calls so far. */
  public synchronized List<Call> ledger() {
    return List.copyOf(ledger);
  }

  /** Returns the calls that were one too many, as Microsoft counts. */
  public synchronized List<Call> tooMany() {
    return ledger.stream().filter(call -> call.status() == 429).toList();
  }

  /** Returns how many calls a part got. */
  public synchronized long calls(Part part) {
    return ledger.stream().filter(call -> call.part() == part).count();
  }

  private void handle(HttpExchange http) throws IOException {
    String raw = http.getRequestURI().getRawPath();
    String query =
        http.getRequestURI().getRawQuery() == null ? "" : http.getRequestURI().getRawQuery();
    List<String> parts =
        Arrays.stream(raw.substring(1).split("/")).map(FakeTeams::decoded).toList();
    String method = http.getRequestMethod();
    byte[] body = http.getRequestBody().readAllBytes();
    WireAnswers.pass(takes);
    Part part = part(method, parts);
    Optional<FakeCall> kind = kind(method, parts, query);
    Optional<FakeFault> own = faultFor(kind, part);
    Fault fault = own.isPresent() ? null : faultFor(part);
    String authorization =
        http.getRequestHeaders().getOrDefault("Authorization", List.of("")).get(0);
    boolean does =
        own.map(FakeFault::isDone)
            .orElse(fault == null || fault.kind() != Fault.Kind.ANSWERS_BEFORE);
    Reply reply =
        does
            ? answer(method, parts, query, body, authorization)
            : Reply.error(fault == null ? 0 : fault.status(), "Armed", "armed");
    boolean lost = fault != null && fault.kind() == Fault.Kind.LOSES_THE_REPLY;
    synchronized (this) {
      String path = raw + (query.isEmpty() ? "" : "?" + query);
      int status = lost || own.isPresent() ? 0 : reply.status();
      boolean done = does && reply.status() < 300;
      ledger.add(new Call(part, method, path, authorization, status, kind, done, tenant.now()));
    }
    if (own.isPresent()) {
      Answering.answer(http, own.get(), reply, tenant.now());
    } else {
      send(http, reply, fault);
    }
  }

  private static Optional<FakeCall> kind(String method, List<String> parts, String query) {
    String side = parts.get(0);
    int from = side.equals("graph") ? 2 : 1;
    return parts.size() <= from
        ? Optional.empty()
        : FakeCall.of(
            side, new Exchange(method, parts.subList(from, parts.size()), query, Json.object()));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Part part(String method, List<String> parts) {
    return switch (parts.get(0)) {
      case "openid" -> parts.get(1).equals("keys") ? Part.KEYS : Part.METADATA;
      case "login" -> Part.LOGIN;
      case "connector" -> method.equals("GET") ? Part.READING : Part.CONNECTOR;
      default -> method.equals("GET") ? Part.READING : Part.GRAPH;
    };
  }

  private Reply answer(
      String method, List<String> parts, String query, byte[] body, String authorization)
      throws IOException {
    switch (parts.get(0)) {
      case "openid":
        return openid(parts.get(1));
      case "login":
        return login.answer(parts.get(1), base() + String.join("/", parts), body);
      case "connector":
        return login.isConnector(authorization)
            ? connector(Exchange.of(method, parts.subList(1, parts.size()), query, body))
            : Reply.error(401, "Unauthorized", "no token for the connector");
      default:
        return graph(
            Exchange.of(method, parts.subList(2, parts.size()), query, body),
            login.graph(authorization));
    }
  }

  private Reply connector(Exchange call) {
    long wait = pace.ofConnector(call, tenant.now());
    return wait > 0 ? Reply.tooMany(wait) : alone(connector::answer, call);
  }

  private Reply graph(Exchange call, Optional<Set<String>> granted) {
    if (granted.isEmpty()) {
      return Reply.error(401, "InvalidAuthenticationToken", "no token for Graph");
    }
    long wait = pace.ofGraph(call, tenant.now());
    if (wait > 0) {
      return Reply.tooMany(wait);
    }
    return Scopes.refusal(call, granted.get()).orElseGet(() -> alone(graph::answer, call));
  }

  /** People act meanwhile, on threads of their own. */
  private Reply alone(Function<Exchange, Reply> side, Exchange call) {
    synchronized (tenant) {
      return side.apply(call);
    }
  }

  private synchronized Reply openid(String document) {
    ObjectNode answer = Json.object();
    if (document.equals("keys")) {
      keys.forEach(key -> answer.withArrayProperty("keys").add(key.published()));
      return Reply.of(200, answer);
    }
    answer.put("issuer", "https://api.botframework.com").put("jwks_uri", base() + "openid/keys");
    return Reply.of(200, answer);
  }

  private void send(HttpExchange http, Reply reply, Fault fault) throws IOException {
    Fault.Kind kind = fault == null ? null : fault.kind();
    if (kind == Fault.Kind.WAITS) {
      await();
    }
    if (kind == Fault.Kind.LOSES_THE_REPLY) {
      http.close();
      return;
    }
    byte[] body = Answering.body(reply);
    if (kind == Fault.Kind.HALF_AN_ANSWER) {
      body = Arrays.copyOf(body, body.length / 2);
    }
    long retryAfter = fault == null ? reply.retryAfterSeconds() : fault.retryAfterSeconds();
    if (retryAfter > 0) {
      http.getResponseHeaders().add("Retry-After", String.valueOf(retryAfter));
    }
    if (fault != null && !fault.location().isEmpty()) {
      http.getResponseHeaders().add("Location", fault.location());
    }
    WireAnswers.send(http, reply.status(), "application/json", body);
  }

  private void await() {
    try {
      if (!released.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody released the call");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
