// SPDX-License-Identifier: Apache-2.0

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * A stand-in for the target of a runbook, to try Muster without touching anything real. It listens
 * on 127.0.0.1 only, prints every request and does nothing else.
 *
 * <pre>
 * java examples/receiver/Receiver.java                 listens on port 9099
 * java examples/receiver/Receiver.java --port 9100     listens on another port
 * java examples/receiver/Receiver.java --lose-reply    does it, then cuts the connection
 * </pre>
 *
 * <p>It shows what a good target does: a request whose Idempotency-Key it has seen before is not
 * carried out again; the caller gets the first answer once more.
 */
public final class Receiver {

  private static final int USUAL_PORT = 9099;
  private static final int LARGEST_BODY = 1024 * 1024;
  private static final String USAGE =
      "Usage: java examples/receiver/Receiver.java [--port PORT] [--lose-reply]";

  private final boolean losesReplies;
  private final Map<String, String> answers = new HashMap<>();
  private int runs;

  private Receiver(boolean losesReplies) {
    this.losesReplies = losesReplies;
  }

  /** Serves until Ctrl-C. */
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    Optional<Integer> port = port(options);
    if (port.isEmpty()) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Receiver receiver = new Receiver(options.contains("--lose-reply"));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port.get());
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", receiver::handle);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
    System.out.println("Receiver is ready at http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Reads the options; empty when they make no sense. */
  private static Optional<Integer> port(List<String> options) {
    int port = USUAL_PORT;
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      boolean hasNumber = i + 1 < options.size() && options.get(i + 1).matches("[0-9]{1,5}");
      if (option.equals("--port") && hasNumber) {
        i++;
        port = Integer.parseInt(options.get(i));
      } else if (!option.equals("--lose-reply")) {
        return Optional.empty();
      }
    }
    return port > 65_535 ? Optional.empty() : Optional.of(port);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] read = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    boolean repeated = key != null && answers.containsKey(key);
    if (!repeated) {
      runs++;
    }
    String answer = repeated ? answers.get(key) : "{\"state\":\"done\",\"run\":" + runs + "}";
    if (key != null) {
      answers.put(key, answer);
    }
    print(exchange, key, repeated, new String(read, StandardCharsets.UTF_8));
    if (losesReplies && !repeated) {
      System.out.println("  reply lost on purpose");
      exchange.close();
      return;
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void print(HttpExchange exchange, String key, boolean repeated, String body) {
    LocalTime now = LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
    System.out.println(
        now
            + " "
            + exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (repeated ? "  (repeat, not done again)" : ""));
    System.out.println("  Idempotency-Key: " + visible(key == null ? "none" : key));
    if (!body.isEmpty()) {
      System.out.println("  " + visible(body));
    }
  }

  /** Control characters could rewrite the terminal. */
  private static String visible(String text) {
    return text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
