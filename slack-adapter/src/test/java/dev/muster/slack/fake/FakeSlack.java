// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.muster.testkit.Undated;
import dev.muster.testkit.WireAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A local server that behaves like Slack's Web API for the methods the adapter calls, with a ledger
 * of every call and faults that can be armed per method. Each rule stands with the class that keeps
 * it and says which of Slack's rules it is. Thread-safe.
 */
public final class FakeSlack implements AutoCloseable {

  /** The delay that a rate limit names. */
  public static final Duration RATE_LIMIT = Duration.ofSeconds(7);

  /** The token the stand-in takes. */
  public static final String BOT_TOKEN = "xoxb-fake-bot-token-0123456789";

  /** The bot's user in the workspace. */
  public static final String BOT_USER = "U0BOT0001";

  /** The app-level token the stand-in takes, for Socket Mode alone. */
  public static final String APP_TOKEN = "xapp-fake-app-token-0123456789";

  /** How late {@link FakeFault#DELAYS} answers at first; a client under test waits less. */
  public static final Duration DELAY = Duration.ofMillis(1_500);

  static {
    // Without it each answer of the JDK's server waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  final Workspace workspace;
  private final HttpServer server;
  private final ExecutorService serving;
  private final ExecutorService echoing;
  private final Map<String, Function<Call, ObjectNode>> methods = new TreeMap<>();
  private final Faults faults = new Faults();
  private final Pace pace = new Pace();
  private final InstantSource clock;
  private volatile Consumer<ObjectNode> listener = event -> {};
  private volatile Duration takes = Duration.ZERO;
  private volatile Duration delay = DELAY;
  private volatile String botToken = BOT_TOKEN;
  private volatile String deadAs = "";

  /** Starts the server on a free port of the loopback interface. */
  public FakeSlack(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serving = Executors.newCachedThreadPool(task -> new Thread(task, "fake-slack"));
    echoing = Executors.newSingleThreadExecutor(task -> new Thread(task, "fake-slack-echo"));
    workspace = new Workspace(clock, base(), this::tell);
    new ChannelMethods(workspace).addTo(methods);
    new HistoryMethods(workspace).addTo(methods);
    new ChatMethods(workspace).addTo(methods);
    new MarkMethods(workspace).addTo(methods);
    new ViewMethods(workspace).addTo(methods);
    new PeopleMethods(workspace).addTo(methods);
    new FileMethods(workspace, base()).addTo(methods);
    serve("/api/", this::api);
    serve("/hooks/response/", this::replyAddress);
    serve("/upload/", this::upload);
    server.setExecutor(serving);
    server.start();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler).getFilters().add(new Undated());
  }

  /** Returns the server's address with a trailing slash. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Returns the address of the Web API. */
  public String apiUrl() {
    return base() + "api/";
  }

  private <T> T alone(Supplier<T> work) {
    synchronized (workspace) {
      return work.get();
    }
  }

  private void alone(Runnable work) {
    synchronized (workspace) {
      work.run();
    }
  }

  /** Lets a fault happen to the next call of one method; several are taken in turn. */
  public void arm(String method, FakeFault fault) {
    alone(() -> faults.arm(method, fault));
  }

  /** Lets a fault happen to the next call that changes something. */
  public void armNextChange(FakeFault fault) {
    alone(() -> faults.armNextChange(fault));
  }

  /**
   * Lets the next call of a method be refused with one of Slack's codes, nothing done; several are
   * taken in turn, and an empty one lets a call through.
   */
  public void refuse(String method, String code) {
    alone(() -> faults.refuse(method, code));
  }

  /** Cuts every call, until it is called with {@code false}. */
  public void goDark(boolean dark) {
    alone(() -> faults.dark(dark));
  }

  /**
   * Lets the bot token be dead from now on.
   *
   * @param code as which of Slack's codes, such as {@code token_revoked}
   */
  public void killToken(String code) {
    deadAs = code;
  }

  /** Installs the app again and returns its new bot token; the one before stays dead. */
  public String installAgain() {
    botToken = botToken + "1";
    deadAs = "";
    return botToken;
  }

  /** Takes a scope away, as a workspace that did not grant it. */
  public void withoutScope(String scope) {
    alone(() -> workspace.scopes.take(scope));
  }

  /** Grants a scope again. */
  public void withScope(String scope) {
    alone(() -> workspace.scopes.give(scope));
  }

  /** Makes it a workspace without user groups, which Slack sells. */
  public void onFreePlan() {
    alone(() -> workspace.paidPlan = false);
  }

  /** Lets real time pass before each call of the Web API is carried out, as on the way to Slack. */
  public void takes(Duration each) {
    takes = each;
  }

  /** Says how late {@link FakeFault#DELAYS} answers, for a client that waits as long as it does. */
  public void delays(Duration each) {
    delay = each;
  }

  /** Says whether calls too many are refused; at first they are. For tests whose clock stands. */
  public void keepPace(boolean kept) {
    alone(() -> pace.keep(kept));
  }

  /** Returns every call so far, as it was received. */
  public List<Call> calls() {
    return ledger().stream().map(LedgerEntry::call).toList();
  }

  /** Returns the calls of one method so far. */
  public List<Call> calls(String method) {
    return calls().stream().filter(call -> call.method().equals(method)).toList();
  }

  /** Returns every call so far, with what it changed and whether its answer went out whole. */
  public List<LedgerEntry> ledger() {
    return alone(workspace.ledger::entries);
  }

  /** Returns what was changed so far, in order, in words. */
  public List<String> effects() {
    return ledger().stream().map(LedgerEntry::effect).filter(e -> !e.isEmpty()).toList();
  }

  /** Returns the names of all methods that the stand-in knows. */
  public static Set<String> methods() {
    return MethodRules.names();
  }

  /** Returns whether Slack takes a name for a channel. */
  public static boolean isLegalName(String name) {
    return ChannelMethods.isLegal(name);
  }

  /** Lets a method be answered by another part of the stand-in. */
  void answer(String method, Function<Call, ObjectNode> answer) {
    alone(() -> methods.put(method, answer));
  }

  void listen(Consumer<ObjectNode> heard) {
    listener = heard;
  }

  private void tell(ObjectNode event) {
    if (!echoing.isShutdown()) {
      echoing.execute(() -> listener.accept(event));
    }
  }

  /** Waits until the events of the bot's own acts have been sent to it. */
  void settle() {
    if (echoing.isShutdown()) {
      return;
    }
    try {
      echoing.submit(() -> {}).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void api(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    Call call = new Call(method, arguments(exchange));
    WireAnswers.pass(takes);
    answer(exchange, call, MethodRules.changes(method), () -> carriedOut(exchange, call));
  }

  /** What became of a call: its answer, or the seconds to wait. */
  private record Done(String body, String error, int status, long retryAfter) {}

  /** Carries a call out, or not, as it is armed; writes it down before the answer goes out. */
  private void answer(HttpExchange exchange, Call call, boolean changes, Supplier<Done> work)
      throws IOException {
    FakeFault fault;
    Done done;
    int place;
    synchronized (workspace) {
      fault = faults.next(call.method(), changes);
      workspace.ledger.begin();
      done = fault != null && !fault.isDone() ? new Done("", "" + fault, 200, 0) : work.get();
      place = workspace.ledger.end(call, clock.instant(), done.error());
    }
    boolean whole = true;
    if (fault == null && done.retryAfter() > 0) {
      Answering.tooMany(exchange, "" + done.retryAfter());
    } else if (fault == null) {
      Answering.send(exchange, done.status(), done.body());
    } else {
      WireAnswers.pass(fault == FakeFault.DELAYS ? delay : Duration.ZERO);
      whole = Answering.answer(exchange, fault, done.body());
    }
    boolean delivered = whole;
    alone(() -> workspace.ledger.delivered(place, delivered));
  }

  /** Every call needs the token in its header; a call that Slack refuses is a 200. */
  private Done carriedOut(HttpExchange exchange, Call call) {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    boolean ofTheApp = call.method().equals("apps.connections.open");
    String right = ofTheApp ? APP_TOKEN : botToken;
    try {
      SlackError.when(!("Bearer " + right).equals(token), "invalid_auth");
      SlackError.when(!ofTheApp && !deadAs.isEmpty(), deadAs);
      MethodRule rule = MethodRules.of(call.method());
      SlackError.when(!methods.containsKey(call.method()), "unknown_method");
      long wait = pace.waitFor(call, rule, clock.instant());
      if (wait > 0) {
        return new Done("", "ratelimited", 429, wait);
      }
      exchange.getResponseHeaders().set("x-oauth-scopes", workspace.scopes.list());
      workspace.scopes.check(rule, call, workspace);
      rule.check(call);
      String refusal = faults.refusal(call.method());
      SlackError.when(refusal != null, refusal);
      ObjectNode answer = methods.get(call.method()).apply(call).put("ok", true);
      return new Done(answer.toString(), "", 200, 0);
    } catch (SlackError e) {
      return new Done(refused(e).toString(), e.getMessage(), 200, 0);
    }
  }

  private ObjectNode refused(SlackError e) {
    ObjectNode answer = Call.object().put("ok", false).put("error", e.getMessage());
    if (e.getMessage().equals("missing_scope")) {
      answer.put("needed", e.detail()).put("provided", workspace.scopes.list());
    } else if (!e.detail().isEmpty()) {
      answer.putObject("response_metadata").putArray("messages").add("[ERROR] " + e.detail());
    }
    return answer;
  }

  /**
   * A reply address takes five messages within half an hour; they are for one person's eyes. Slack
   * documentation, handling user interaction.
   */
  private void replyAddress(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/hooks/response/".length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Call call = new Call("response_url", Map.of("body", body));
    answer(exchange, call, true, () -> replied(id, body));
  }

  private Done replied(String id, String body) {
    Workspace.ReplyAddress address = workspace.replyAddresses.get(id);
    if (address == null || !workspace.now().isBefore(address.until)) {
      return new Done("{\"ok\":false,\"error\":\"expired_url\"}", "expired_url", 404, 0);
    }
    if (++address.used > 5) {
      return new Done("{\"ok\":false,\"error\":\"used_url\"}", "used_url", 404, 0);
    }
    ObjectNode message = Call.parse(body).deepCopy();
    message.put("ts", workspace.nextTs());
    workspace.ephemerals.add(new Workspace.Ephemeral(address.user, address.channel, message));
    workspace.did("showed " + address.user + " something in " + address.channel);
    return new Done("ok", "", 200, 0);
  }

  private void upload(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/upload/".length());
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    Call call = new Call("upload", Map.of("file", id, "length", "" + bytes.length));
    answer(
        exchange,
        call,
        true,
        () -> {
          workspace.files.get(id).put("bytes", bytes.length);
          workspace.did("took " + bytes.length + " bytes of " + id);
          return new Done("OK - " + bytes.length, "", 200, 0);
        });
  }

  private static Map<String, String> arguments(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> arguments = new HashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        arguments.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return arguments;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    echoing.shutdownNow();
    server.stop(0);
    serving.shutdownNow();
  }
}
