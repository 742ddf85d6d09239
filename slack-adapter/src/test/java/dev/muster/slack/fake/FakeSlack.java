// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

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

  private static final String SCOPES =
      "app_mentions:read,bookmarks:read,bookmarks:write,channels:history,channels:join,"
          + "channels:manage,channels:read,chat:write,chat:write.public,commands,"
          + "files:read,files:write,groups:history,groups:read,groups:write,"
          + "im:history,im:write,links:read,links:write,pins:read,"
          + "pins:write,reactions:read,reactions:write,usergroups:read,users:read,"
          + "users:read.email";

  static {
    // Without it each answer of the JDK's server waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Set<String> READS =
      Set.of(
          "auth.test",
          "apps.connections.open",
          "conversations.history",
          "conversations.replies",
          "conversations.info",
          "conversations.members",
          "users.conversations",
          "users.info",
          "users.lookupByEmail",
          "usergroups.list",
          "usergroups.users.list",
          "bookmarks.list",
          "files.info",
          "chat.getPermalink");

  final Workspace workspace;
  private final HttpServer server;
  private final ExecutorService serving;
  private final ExecutorService echoing;
  private final Map<String, Function<Call, ObjectNode>> methods = new TreeMap<>();
  private final Map<String, Deque<FakeFault>> armed = new HashMap<>();
  private final Deque<FakeFault> armedForNextChange = new ArrayDeque<>();
  private final List<Call> ledger = new ArrayList<>();
  private Consumer<Echo> listener = echo -> {};

  /** Starts the server on a free port of the loopback interface. */
  public FakeSlack(InstantSource clock) {
    workspace = new Workspace(clock);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serving = Executors.newCachedThreadPool(task -> new Thread(task, "fake-slack"));
    echoing = Executors.newSingleThreadExecutor(task -> new Thread(task, "fake-slack-echo"));
    new ConversationMethods(workspace).addTo(methods);
    new ChatMethods(workspace, this::echo).addTo(methods);
    new OtherMethods(workspace, base(), this::echo).addTo(methods);
    server.createContext("/api/", this::api);
    server.createContext("/hooks/response/", this::replyAddress);
    server.createContext("/upload/", this::upload);
    server.setExecutor(serving);
    server.start();
  }

  /** A message of the bot, which Slack sends back to it as an event. */
  record Echo(FakeChannel channel, ObjectNode message) {}

  /** Returns the server's address with a trailing slash. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Returns the address of the Web API. */
  public String apiUrl() {
    return base() + "api/";
  }

  /** Lets a fault happen to the next call of one method. */
  public void arm(String method, FakeFault fault) {
    synchronized (workspace) {
      armed.computeIfAbsent(method, m -> new ArrayDeque<>()).add(fault);
    }
  }

  /** Lets a fault happen to the next call that changes something. */
  public void armNextChange(FakeFault fault) {
    synchronized (workspace) {
      armedForNextChange.add(fault);
    }
  }

  /** Returns every call so far. */
  public List<Call> calls() {
    synchronized (workspace) {
      return List.copyOf(ledger);
    }
  }

  /** Returns the calls of one method so far. */
  public List<Call> calls(String method) {
    return calls().stream().filter(call -> call.method().equals(method)).toList();
  }

  /** Returns whether Slack takes a name for a channel. */
  public static boolean isLegalName(String name) {
    return ConversationMethods.isLegal(name);
  }

  /** Lets a method be answered by another part of the stand-in. */
  void answer(String method, Function<Call, ObjectNode> answer) {
    synchronized (workspace) {
      methods.put(method, answer);
    }
  }

  void listen(Consumer<Echo> heard) {
    listener = heard;
  }

  private void echo(FakeChannel channel, ObjectNode message) {
    ObjectNode copy = message.deepCopy();
    echoing.execute(() -> listener.accept(new Echo(channel, copy)));
  }

  /** Waits until the bot's own messages have been sent back to it. */
  void settle() {
    try {
      echoing.submit(() -> {}).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void api(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    Call call = new Call(method, arguments(exchange));
    FakeFault fault;
    ObjectNode answer;
    synchronized (workspace) {
      ledger.add(call);
      fault = fault(method);
      if (fault != null && isBefore(fault)) {
        before(exchange, fault);
        return;
      }
      answer = answer(exchange, call);
    }
    if (fault == null) {
      send(exchange, 200, answer.toString());
    } else {
      after(exchange, fault, answer);
    }
  }

  private FakeFault fault(String method) {
    Deque<FakeFault> own = armed.get(method);
    if (own != null && !own.isEmpty()) {
      return own.poll();
    }
    boolean credentials = armedForNextChange.peek() == FakeFault.CREDENTIALS_REFUSED;
    boolean reached = !READS.contains(method) || credentials && method.equals("auth.test");
    return reached ? armedForNextChange.poll() : null;
  }

  private static boolean isBefore(FakeFault fault) {
    return Set.of(
            FakeFault.FAILS_BEFORE,
            FakeFault.RATE_LIMITED,
            FakeFault.RATE_LIMITED_BLINDLY,
            FakeFault.CREDENTIALS_REFUSED)
        .contains(fault);
  }

  private static void before(HttpExchange exchange, FakeFault fault) throws IOException {
    switch (fault) {
      case RATE_LIMITED -> {
        exchange.getResponseHeaders().set("Retry-After", "" + RATE_LIMIT.toSeconds());
        send(exchange, 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
      }
      case RATE_LIMITED_BLINDLY -> {
        exchange.getResponseHeaders().set("Retry-After", "soon");
        send(exchange, 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
      }
      case CREDENTIALS_REFUSED -> send(exchange, 200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
      default -> send(exchange, 500, "{\"ok\":false,\"error\":\"internal_error\"}");
    }
  }

  private static void after(HttpExchange exchange, FakeFault fault, ObjectNode answer)
      throws IOException {
    switch (fault) {
      case ANSWERS_HTML -> send(exchange, 200, "<html><body>We are back soon.</body></html>");
      case ANSWERS_HALF -> {
        String whole = answer.toString();
        send(exchange, 200, whole.substring(0, whole.length() / 2));
      }
      case FAILS_AFTER -> send(exchange, 200, "{\"ok\":false,\"error\":\"internal_error\"}");
      case INVITES_TO_REPEAT -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        send(exchange, 503, "");
      }
      default -> exchange.close();
    }
  }

  /** Every call needs the token in its header; a call that Slack refuses is a 200. */
  private ObjectNode answer(HttpExchange exchange, Call call) {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    Function<Call, ObjectNode> method = methods.get(call.method());
    String right = call.method().equals("apps.connections.open") ? APP_TOKEN : BOT_TOKEN;
    try {
      SlackError.when(!("Bearer " + right).equals(token), "invalid_auth");
      SlackError.when(method == null, "unknown_method");
      exchange.getResponseHeaders().set("x-oauth-scopes", SCOPES);
      return method.apply(call).put("ok", true);
    } catch (SlackError e) {
      return Call.object().put("ok", false).put("error", e.getMessage());
    }
  }

  /** A reply address takes five messages within half an hour; they are for one person's eyes. */
  private void replyAddress(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/hooks/response/".length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    FakeFault fault;
    synchronized (workspace) {
      ledger.add(new Call("response_url", Map.of("body", body)));
      Workspace.ReplyAddress address = workspace.replyAddresses.get(id);
      fault = fault("response_url");
      if (address == null || !workspace.now().isBefore(address.until)) {
        send(exchange, 404, "{\"ok\":false,\"error\":\"expired_url\"}");
        return;
      }
      if (++address.used > 5) {
        send(exchange, 404, "{\"ok\":false,\"error\":\"used_url\"}");
        return;
      }
      if (fault != null && isBefore(fault)) {
        before(exchange, fault);
        return;
      }
      ObjectNode message = Call.parse(body).deepCopy();
      message.put("ts", workspace.nextTs());
      workspace.ephemerals.add(new Workspace.Ephemeral(address.user, address.channel, message));
    }
    if (fault == null) {
      send(exchange, 200, "ok");
    } else {
      after(exchange, fault, Call.object());
    }
  }

  private void upload(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/upload/".length());
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    synchronized (workspace) {
      workspace.files.get(id).put("bytes", bytes.length);
    }
    send(exchange, 200, "OK - " + bytes.length);
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

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    echoing.shutdownNow();
    server.stop(0);
    serving.shutdownNow();
  }
}
