// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser and a program see at addresses that lead nowhere. */
class UnknownAddressTest {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() {
    server = serve(true, List.of());
  }

  @AfterEach
  void stop() {
    server.close();
    executor.shutdownNow();
  }

  private HttpServer serve(boolean open, List<Gatekeeper.Token> tokens) {
    Gatekeeper gatekeeper =
        new Gatekeeper(open, tokens, listening -> URI.create("http://localhost:" + listening));
    HttpServer made = new HttpServer(gatekeeper, executor, new Telemetry());
    made.route("GET", "/page", request -> html(404, "a page of its own"));
    made.route("GET", "/assets/look.css", request -> html(200, "look"));
    made.route("GET", "/status", request -> html(200, "status"));
    made.otherwise(request -> html(404, "the page for nowhere"));
    port = made.start("127.0.0.1", 0).orElseThrow();
    return made;
  }

  private static RouteAnswer html(int status, String words) {
    byte[] body = words.getBytes(StandardCharsets.UTF_8);
    return new RouteAnswer.Bytes(status, "text/html; charset=utf-8", body, Map.of());
  }

  private HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Accept", accept)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void unknownAddress_browser_getsThePage() throws Exception {
    HttpResponse<String> answer = get("/nowhere", "text/html,*/*;q=0.8");

    assertEquals(404, answer.statusCode());
    assertEquals("the page for nowhere", answer.body());
    assertTrue(answer.headers().firstValue("Content-Security-Policy").isPresent());
  }

  @Test
  void unknownAddress_program_getsJson() throws Exception {
    HttpResponse<String> answer = get("/nowhere", "*/*");

    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().startsWith("{\"error\":\"not_found\""), answer.body());
  }

  @Test
  void route_answering404_keepsItsBody() throws Exception {
    assertEquals("a page of its own", get("/page", "*/*").body());
  }

  @Test
  void publicStatus_withoutToken_showsItselfAndItsLooksAlone() throws Exception {
    server.close();
    server = serve(false, List.of());

    assertEquals(200, get("/status", "text/html").statusCode());
    assertEquals(200, get("/assets/look.css", "text/css").statusCode());
    assertEquals(401, get("/page", "text/html").statusCode());
    assertEquals(401, get("/nowhere", "text/html").statusCode());
  }
}
