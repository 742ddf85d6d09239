// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.http.HttpServer.Known;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may call which route: {@code docs/permissions.md} says so for every route that is served, and
 * each of its cells is tried out, with sessions and with tokens. {@code -Dmuster.write-docs=true}
 * writes what the program does; what changed there is for people to judge.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PermissionsTest {

  private static final Path PAGE =
      Path.of(System.getProperty("muster.root", ".."), "docs/permissions.md");

  private static final List<String> LEVELS = List.of("viewer", "responder", "approver", "admin");
  private static final String HEAD =
      """
      # Who may call what

      Every route that Muster serves where people sign in, and the least role it takes, for people with a session and programs
      with a token alike. `everybody` needs neither; `own check` means that the route asks for a signature or token of its own;
      `signed in` is for people alone. Written and checked cell by cell by `PermissionsTest`.

      | route | takes |
      |---|---|
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, SignInBrowser> people = new LinkedHashMap<>();
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private SignInGround ground;

  @BeforeAll
  void start(@TempDir Path folder) {
    ground = new SignInGround(folder);
    Map<String, String> groups =
        Map.of(
            "viewer",
            "readers",
            "responder",
            "engineers",
            "approver",
            "seniors",
            "admin",
            "admins");
    for (String level : LEVELS) {
      people.put(level, ground.signedIn("of " + level, "p-" + level, groups.get(level)));
    }
    for (String level : LEVELS) {
      Map<String, String> wish = Map.of("name", level, "role", level);
      HttpResponse<String> made = people.get("admin").write("POST", "/api/v1/tokens", wish);
      tokens.put(level, BotHttp.parse(made.body()).path("token").asText());
    }
  }

  @AfterAll
  void stop() {
    ground.close();
  }

  @BeforeEach
  void mend() {
    ground.mend();
  }

  @Test
  void everyRoute_forEveryRole_isAsThePageSays() throws Exception {
    Map<String, String> found = new TreeMap<>();
    for (Known route : ground.bot().routes()) {
      String takes = takes(route);
      found.put(route.path() + " " + route.method(), takes);
      if (!route.path().equals("/")) {
        Known slashed = new Known(route.method(), route.path() + "/");
        assertEquals(takes, takes(slashed), slashed.toString());
      }
    }

    StringBuilder page = new StringBuilder(HEAD);
    found.forEach(
        (route, takes) -> {
          String[] parts = route.split(" ");
          page.append("| `").append(parts[1]).append(' ').append(parts[0]);
          page.append("` | ").append(takes).append(" |\n");
        });
    if (Boolean.getBoolean("muster.write-docs")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.readString(PAGE), page.toString());
  }

  /** Returns the least role that gets in; every cell above it must get in too, below it none. */
  private String takes(Known route) throws IOException, InterruptedException {
    if (!isTurnedAway(route, List.of())) {
      return isOwn(route) ? "own check" : "everybody";
    }
    List<String> withSession = new ArrayList<>();
    List<String> withToken = new ArrayList<>();
    for (String level : LEVELS) {
      SignInBrowser person = people.get(level);
      String cookie = "muster-session=" + person.cookies.get("muster-session");
      if (!isTurnedAway(route, List.of("Cookie", cookie))) {
        withSession.add(level);
      }
      if (!isTurnedAway(route, List.of("Authorization", "Bearer " + tokens.get(level)))) {
        withToken.add(level);
      }
    }
    assertFalse(withSession.isEmpty(), route.toString());
    assertEquals(LEVELS.subList(LEVELS.indexOf(withSession.get(0)), LEVELS.size()), withSession);
    if (withToken.isEmpty()) {
      String least = withSession.get(0);
      return least.equals("viewer") ? "signed in" : "signed in, " + least;
    }
    assertEquals(withSession, withToken, route.toString());
    return withSession.get(0);
  }

  private static boolean isOwn(Known route) {
    return List.of("/alerts/", "/hooks/", "/slack/", "/api/messages").stream()
        .anyMatch(route.path()::startsWith);
  }

  /** Whoever gets to the check of the form token was let in by the role. */
  private boolean isTurnedAway(Known route, List<String> who)
      throws IOException, InterruptedException {
    boolean form = route.path().startsWith("/account") || route.path().startsWith("/sign-out");
    String path = route.path().replaceAll("\\{[^}]*}", "INC-999");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ground.browser().address() + path))
            .timeout(Duration.ofSeconds(30))
            .method(route.method(), HttpRequest.BodyPublishers.ofString("{}"))
            .header(
                "Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
    for (int i = 0; i < who.size(); i += 2) {
      request.header(who.get(i), who.get(i + 1));
    }
    HttpResponse<java.io.InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      if (answer.statusCode() != 401 && answer.statusCode() != 403) {
        return false;
      }
      String code = BotHttp.parse(new String(body.readAllBytes())).path("error").asText();
      return code.equals("not_allowed") || code.equals("unauthorized") && !isOwn(route);
    }
  }

  @Test
  void token_madeByAnAdmin_isShownOnceAndKeptAsAFingerprint() {
    SignInBrowser admin = people.get("admin");
    Map<String, String> wish = Map.of("name", "deployer", "role", "responder", "expires", "1d");
    HttpResponse<String> made = admin.write("POST", "/api/v1/tokens", wish);
    assertEquals(201, made.statusCode(), made.body());
    String token = BotHttp.parse(made.body()).path("token").asText();
    String id = BotHttp.parse(made.body()).path("id").asText();
    BotHttp program = ground.bot().http();
    String bearer = "Bearer " + token;
    assertEquals(200, program.get("/api/v1/incidents", "Authorization", bearer).status());
    assertFalse(admin.get("/api/v1/tokens", "Accept", "*/*").body().contains(token));
    assertFalse(admin.get("/account/tokens").body().contains(token));
    for (String wrong : List.of(token + "x", token.substring(0, 40), "muster_" + id + "_", "x")) {
      assertEquals(
          401, program.get("/api/v1/incidents", "Authorization", "Bearer " + wrong).status());
    }
    Map<String, String> asAda = Map.of("user", "p-admin", "channel", "general", "text", "hello");
    assertEquals(
        403,
        program.post("/api/v1/chat/messages", asAda, "Authorization", bearer).status(),
        "no program speaks as somebody who signs in");

    assertEquals(200, admin.write("DELETE", "/api/v1/tokens/" + id, Map.of()).statusCode());

    assertEquals(401, program.get("/api/v1/incidents", "Authorization", bearer).status());
    assertEquals(404, admin.write("DELETE", "/api/v1/tokens/" + id, Map.of()).statusCode());
    String journal = admin.get("/api/v1/journal?limit=500", "Accept", "*/*").body();
    for (String kind : List.of("token_created", "token_revoked", "access_denied", "signed_in")) {
      assertTrue(journal.contains("\"" + kind + "\""), kind);
    }
    assertFalse(journal.contains(token));
  }

  @Test
  void token_revoked_hearsNothingMoreOfAnOpenStream() throws Exception {
    SignInBrowser admin = people.get("admin");
    Map<String, String> wish = Map.of("name", "listener", "role", "viewer");
    String made = admin.write("POST", "/api/v1/tokens", wish).body();
    HttpRequest listening =
        HttpRequest.newBuilder(URI.create(ground.browser().address() + "/api/v1/chat/stream"))
            .header("Authorization", "Bearer " + BotHttp.parse(made).path("token").asText())
            .build();
    try (var heard = client.send(listening, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      String id = BotHttp.parse(made).path("id").asText();
      assertEquals(200, admin.write("DELETE", "/api/v1/tokens/" + id, Map.of()).statusCode());
      Map<String, String> said = Map.of("user", "other", "channel", "general", "text", "zanzibar");
      String bearer = "Bearer " + tokens.get("admin");
      BotHttp program = ground.bot().http();
      program.post("/api/v1/chat/messages", said, "Authorization", bearer);

      String all =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30), () -> new String(heard.readAllBytes()), "it goes on");

      assertTrue(all.contains("hello"), all);
      assertFalse(all.contains("zanzibar"), all);
    }
  }

  @Test
  void token_pastItsEnd_isRefused() {
    SignInBrowser admin = people.get("admin");
    Map<String, String> wish = Map.of("name", "brief", "role", "viewer", "expires", "1d");
    String token =
        BotHttp.parse(admin.write("POST", "/api/v1/tokens", wish).body()).path("token").asText();
    String bearer = "Bearer " + token;
    BotHttp program = ground.bot().http();
    assertEquals(200, program.get("/api/v1/incidents", "Authorization", bearer).status());

    ground.advance(Duration.ofDays(1));

    assertEquals(401, program.get("/api/v1/incidents", "Authorization", bearer).status());
    ground.advance(Duration.ofDays(-1));
  }

  @Test
  void token_forAlertsOfOneSource_opensNothingElse() {
    SignInBrowser admin = people.get("admin");
    HttpResponse<String> unknown =
        admin.write("POST", "/api/v1/tokens", Map.of("name", "am", "alerts", "nobody"));
    assertEquals(400, unknown.statusCode());
    String made =
        admin
            .write("POST", "/api/v1/tokens", Map.of("name", "am", "alerts", "alertmanager"))
            .body();
    String bearer = "Bearer " + BotHttp.parse(made).path("token").asText();
    BotHttp program = ground.bot().http();
    String alert =
        "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"severity\":\"info\"}}]}";

    assertEquals(
        202,
        program
            .post(
                "/alerts/alertmanager",
                alert,
                "Authorization",
                bearer,
                "X-Forwarded-For",
                "1.2.3.4")
            .status());

    assertEquals(
        401,
        program
            .post("/alerts/other", alert, "Authorization", bearer, "X-Forwarded-For", "1.2.3.4")
            .status());
    assertEquals(401, program.get("/api/v1/incidents", "Authorization", bearer).status());
    String viewer = "Bearer " + tokens.get("admin");
    assertEquals(
        401,
        program
            .post(
                "/alerts/alertmanager",
                alert,
                "Authorization",
                viewer,
                "X-Forwarded-For",
                "1.2.3.4")
            .status());
  }

  @Test
  void tokensPage_makesATokenThatWorks_andRevokesIt() {
    SignInBrowser admin = people.get("admin");
    HttpResponse<String> made =
        admin.form(
            "/account/tokens",
            Map.of("name", "from <b>page</b>", "may", "viewer", "expires", "30d"));
    assertEquals(201, made.statusCode(), made.body());
    String token = made.body().replaceAll("(?s).*<code>(muster_[^<]*)</code>.*", "$1");
    String bearer = "Bearer " + token;
    BotHttp program = ground.bot().http();
    assertEquals(200, program.get("/api/v1/incidents", "Authorization", bearer).status());
    assertTrue(made.body().contains("from &lt;b&gt;page"), "outside text is text");
    assertEquals(
        422, admin.form("/account/tokens", Map.of("name", "", "may", "viewer")).statusCode());

    admin.form("/account/tokens/revoke", Map.of("id", token.substring(7, 19)));

    assertEquals(401, program.get("/api/v1/incidents", "Authorization", bearer).status());
  }
}
