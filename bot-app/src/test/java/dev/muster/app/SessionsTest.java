// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** How long somebody stays signed in, who may end that, and what a session may not be used for. */
@TestInstance(Lifecycle.PER_CLASS)
class SessionsTest {

  private static final String SESSION = "muster-session";

  private SignInGround ground;

  @BeforeAll
  void start(@TempDir Path folder) {
    ground = new SignInGround(folder);
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
  void session_plantedBefore_isNotTheOneAfter() {
    SignInBrowser browser = ground.browser();
    browser.cookies.put(SESSION, "planted-by-somebody-else");
    browser.signIn();
    String first = browser.cookies.get(SESSION);
    assertNotEquals("planted-by-somebody-else", first);

    browser.signIn();

    assertNotEquals(first, browser.cookies.get(SESSION));
    SignInBrowser thief = ground.browser();
    thief.cookies.put(SESSION, first);
    assertEquals(401, thief.get("/api/v1/me", "Accept", "*/*").statusCode());
  }

  @Test
  void signOut_endsTheSessionForThievesToo() {
    SignInBrowser browser = ground.signedIn("1001", "ada", "engineers");
    SignInBrowser thief = ground.browser();
    thief.cookies.putAll(browser.cookies);
    assertEquals(200, thief.get("/incidents").statusCode());

    assertEquals("signed_out", SignInGround.problem(browser.form("/sign-out", Map.of())));

    assertFalse(browser.cookies.containsKey(SESSION));
    assertEquals(303, thief.get("/incidents").statusCode());
    assertEquals(401, thief.get("/api/v1/me", "Accept", "*/*").statusCode());
    HttpResponse<String> away = browser.get("/sign-in/leave");
    assertTrue(
        SignInBrowser.to(away).startsWith(ground.provider().issuer() + "/end?client_id=muster&"));
  }

  @Test
  void sessions_ofOnePerson_areListedAndEndedOneByOneOrAll() {
    SignInBrowser desk = ground.signedIn("2003", "kim", "engineers");
    SignInBrowser phone = ground.signedIn("2003", "kim", "engineers");
    SignInBrowser other = ground.signedIn("1001", "ada", "engineers");
    String id =
        desk.get("/account").body().replaceAll("(?s).*name=\"id\" value=\"([^\"]*)\".*", "$1");
    other.form("/account/sessions/end", Map.of("id", id));
    assertEquals("kim", desk.me().path("name").asText());
    assertEquals("kim", phone.me().path("name").asText());

    phone.form("/account/sessions/end", Map.of("id", id));
    assertEquals(1, List.of(desk, phone).stream().filter(b -> b.me().has("name")).count());

    SignInBrowser third = ground.signedIn("2003", "kim", "engineers");
    third.form("/sign-out", Map.of("everywhere", "yes"));
    for (SignInBrowser each : List.of(desk, phone, third)) {
      assertFalse(each.me().has("name"));
    }
    assertEquals("ada", other.me().path("name").asText());
  }

  @Test
  void admin_endsTheSessionsOfAnother_andNobodyElseMay() {
    SignInBrowser li = ground.signedIn("2002", "li", "engineers");
    SignInBrowser ada = ground.signedIn("1001", "ada", "engineers");
    SignInBrowser root = ground.signedIn("9009", "root", "admins");
    assertEquals("/account?problem=not_allowed", SignInBrowser.to(ada.get("/account/everybody")));
    assertEquals("/account?problem=not_allowed", SignInBrowser.to(ada.get("/account/everybody")));
    assertEquals(403, ada.form("/account/everybody/end", Map.of("name", "li")).statusCode());
    assertEquals("li", li.me().path("name").asText());
    assertTrue(root.get("/account/everybody").body().contains(">li<"));

    root.form("/account/everybody/end", Map.of("name", "li"));

    assertFalse(li.me().has("name"));
  }

  @Test
  void session_endsWhenIdleAndAfterEightHours() {
    SignInBrowser idle = ground.signedIn("1001", "ada", "engineers");
    ground.advance(Duration.ofMinutes(29));
    assertEquals("ada", idle.me().path("name").asText());
    ground.advance(Duration.ofMinutes(29));
    assertEquals("ada", idle.me().path("name").asText());
    ground.advance(Duration.ofMinutes(31));
    assertFalse(idle.me().has("name"));

    SignInBrowser busy = ground.signedIn("1001", "ada", "engineers");
    for (int i = 0; i < 23; i++) {
      ground.advance(Duration.ofMinutes(20));
      assertEquals("ada", busy.me().path("name").asText(), "after " + i);
    }
    ground.advance(Duration.ofMinutes(21));
    assertFalse(busy.me().has("name"));
  }

  @Test
  void write_withoutTokenOrFromElsewhere_isRefused() {
    SignInBrowser ada = ground.signedIn("1001", "ada", "engineers");
    String body = "{\"user\":\"ada\",\"channel\":\"general\",\"text\":\"hello\"}";
    String csrf = ada.me().path("csrf").asText();
    String json = "application/json";
    String path = "/api/v1/chat/messages";
    assertEquals(
        403,
        ada.send("POST", path, body, "Content-Type", json, "Origin", ada.address()).statusCode());
    assertEquals(
        403, ada.send("POST", path, body, "Content-Type", json, "X-CSRF-Token", csrf).statusCode());
    for (String origin : List.of("null", "https://evil.example.com", "http://localhost:1")) {
      assertEquals(
          403,
          ada.send("POST", path, body, "Content-Type", json, "Origin", origin, "X-CSRF-Token", csrf)
              .statusCode(),
          origin);
    }
    String other = ground.signedIn("2002", "li", "engineers").me().path("csrf").asText();
    assertEquals(403, ada.form("/sign-out", Map.of("csrf", other)).statusCode());

    HttpResponse<String> right = ada.write("POST", path, BotHttp.parse(body));

    assertEquals(202, right.statusCode(), right.body());
    assertTrue(right.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
  }

  @Test
  void chat_underAnotherName_isRefused() {
    SignInBrowser ada = ground.signedIn("1001", "ada", "engineers");
    Map<String, String> body = Map.of("user", "li", "channel", "general", "text", "I am li");

    HttpResponse<String> spoken = ada.write("POST", "/api/v1/chat/messages", body);
    HttpResponse<String> read = ada.get("/api/v1/chat/channels?as=li", "Accept", "*/*");

    assertEquals(403, spoken.statusCode());
    assertTrue(spoken.body().contains("not_you"), spoken.body());
    assertEquals(403, read.statusCode());
  }

  @Test
  void viewer_readsAndChangesNothing() {
    SignInBrowser vera = ground.signedIn("7007", "vera");
    Map<String, String> body = Map.of("user", "vera", "channel", "general", "text", "hello");

    assertEquals(200, vera.get("/api/v1/incidents", "Accept", "*/*").statusCode());
    assertEquals(403, vera.write("POST", "/api/v1/chat/messages", body).statusCode());
  }

  @Test
  void cookies_ofASession_areOutOfReachForScriptsAndOtherSites() {
    SignInBrowser browser = ground.signedIn("1001", "ada", "engineers");

    String line =
        browser.set.stream().filter(set -> set.startsWith(SESSION)).findFirst().orElseThrow();
    assertTrue(line.contains("; Path=/;") && line.contains("; HttpOnly"), line);
    assertTrue(line.contains("; SameSite=Lax") && line.contains("; Max-Age=28800"), line);
    assertFalse(line.contains("Domain"), line);
  }

  @Test
  void restart_keepsSessions_andOtherRolesEndThem() {
    SignInBrowser ada = ground.signedIn("1001", "ada", "engineers");
    ground.restart(yaml -> yaml);
    SignInBrowser again = ground.browser();
    again.cookies.putAll(ada.cookies);
    assertEquals("ada", again.me().path("name").asText());

    ground.restart(yaml -> yaml.replace("[engineers]", "[others]"));

    SignInBrowser after = ground.browser();
    after.cookies.putAll(ada.cookies);
    assertFalse(after.me().has("name"));
    ground.restart(yaml -> yaml.replace("[others]", "[engineers]"));
  }

  /** Lets time pass until it holds, whatever the pace of the machine. */
  private void await(String what, BooleanSupplier holds) {
    ground
        .bot()
        .inTime(
            what,
            Duration.ofSeconds(1),
            () -> true,
            () -> Optional.of(true).filter(yes -> holds.getAsBoolean()));
  }

  private void say(SignInBrowser who, String text) {
    Map<String, String> body =
        Map.of("user", who.me().path("name").asText(), "channel", "general", "text", text);
    assertEquals(202, who.write("POST", "/api/v1/chat/messages", body).statusCode());
  }

  private static String answers(SignInBrowser who) {
    String as = who.me().path("name").asText();
    return who.get("/api/v1/chat/channels/general/messages?as=" + as, "Accept", "*/*").body();
  }

  @Test
  void role_ofTheProvider_countsForCommandsAsWell() {
    SignInBrowser ada = ground.signedIn("1001", "ada", "engineers");
    SignInBrowser root = ground.signedIn("9009", "root", "admins");

    say(ada, "/incident unlink-person @root");
    say(root, "/incident unlink-person @ada");

    await("ada is refused", () -> answers(ada).contains("Only an admin may do this."));
    await("root is answered", () -> answers(root).contains("\"visibleTo\":\"root\""));
    assertFalse(answers(root).contains("Only an admin may do this."));
  }

  @Test
  void privateIncident_isThereForItsMemberAlone_adminsIncluded() {
    SignInBrowser ada = ground.signedIn("1001", "ada", "engineers");
    SignInBrowser root = ground.signedIn("9009", "root", "admins");
    say(ada, "/incident declare! zanzibar leaks sev3 --private");
    String path = "/api/v1/incidents/INC-1";

    await("ada sees it", () -> ada.get(path, "Accept", "application/json").statusCode() == 200);

    assertEquals(200, ada.get("/incidents/INC-1").statusCode());
    assertEquals(404, root.get(path, "Accept", "application/json").statusCode());
    assertEquals(404, root.get("/incidents/INC-1").statusCode());
    assertFalse(root.get("/incidents").body().contains("zanzibar"));
    String asAda = path + "?as=ada";
    assertEquals(404, root.get(asAda, "Accept", "application/json").statusCode());

    say(ada, "/incident invite INC-1 @jo");
    await("jo is in the channel", () -> !channelOf(ada, "jo").isEmpty());
    nothingPrivateIsRead(root, channelOf(ada, "jo"));
  }

  /** Returns the private channel that somebody is in, as somebody else in it sees it. */
  private static String channelOf(SignInBrowser who, String member) {
    String listed = who.get("/api/v1/chat/channels", "Accept", "*/*").body();
    for (JsonNode channel : BotHttp.parse(listed).path("items")) {
      if (channel.path("private").asBoolean()
          && channel.path("members").toString().contains("\"" + member + "\"")) {
        return channel.path("name").asText();
      }
    }
    return "";
  }

  /** A program that calls itself jo, who never signed in, is nobody. */
  private void nothingPrivateIsRead(SignInBrowser root, String channel) {
    Map<String, String> wish = Map.of("name", "reader", "role", "admin");
    String made = root.write("POST", "/api/v1/tokens", wish).body();
    String bearer = "Bearer " + BotHttp.parse(made).path("token").asText();
    BotHttp program = ground.bot().http();
    String chat = "/api/v1/chat/";
    String messages = chat + "channels/" + channel + "/messages?as=jo";
    assertEquals(404, program.get(messages, "Authorization", bearer).status());
    String listed = program.get(chat + "channels?as=jo", "Authorization", bearer).body();
    assertTrue(listed.contains("\"general\""), listed);
    assertFalse(listed.contains(channel), listed);
    String general =
        program.get(chat + "channels/general/messages?as=jo", "Authorization", bearer).body();
    assertFalse(general.contains("\"visibleTo\":\""), general);
    Map<String, String> said = Map.of("user", "jo", "channel", channel, "text", "hello");
    assertEquals(404, program.post(chat + "messages", said, "Authorization", bearer).status());
  }
}
