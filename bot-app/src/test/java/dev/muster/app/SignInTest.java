// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import dev.muster.app.FakeProvider.Fault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Signing in through an identity provider, as people do it and as attackers try it. */
@TestInstance(Lifecycle.PER_CLASS)
class SignInTest {

  private static final String SESSION = "muster-session";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private SignInGround ground;
  private FakeProvider provider;
  private String store;

  @BeforeAll
  void start(@TempDir Path folder) {
    store = "jdbc:sqlite:" + folder.resolve("data/muster.db") + "?busy_timeout=5000";
    log.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    ground = new SignInGround(folder);
    provider = ground.provider();
  }

  @AfterAll
  void stop() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    ground.close();
  }

  @BeforeEach
  void mend() {
    ground.mend();
  }

  private SignInBrowser browser() {
    return ground.browser();
  }

  private SignInBrowser signedIn(String subject, String name, String... groups) {
    return ground.signedIn(subject, name, groups);
  }

  @Test
  void stranger_askingForAPage_signsInAndComesBackToIt() {
    SignInBrowser browser = browser();
    HttpResponse<String> page = browser.get("/incidents?status=open");
    assertEquals("/sign-in?to=%2Fincidents%3Fstatus%3Dopen", SignInBrowser.to(page));
    HttpResponse<String> offer = browser.get(SignInBrowser.to(page));
    assertTrue(offer.body().contains("/sign-in/start?to=%2Fincidents%3Fstatus%3Dopen"));
    assertEquals(401, browser.get("/api/v1/incidents", "Accept", "application/json").statusCode());

    HttpResponse<String> in = browser.get(browser.throughProvider("/incidents?status=open"));

    assertEquals("/incidents?status=open", SignInBrowser.to(in));
    assertEquals(200, browser.get("/incidents?status=open").statusCode());
    assertEquals("ada", browser.me().path("name").asText());
    assertEquals("responder", browser.me().path("role").asText());
    assertTrue(browser.get("/account").body().contains("Sign out everywhere"));
  }

  @Test
  void question_toTheProvider_carriesPkceStateNonceAndTheExactAddress() {
    browser().throughProvider("/");

    Map<String, String> asked = provider.asked.get(provider.asked.size() - 1);
    assertEquals("code", asked.get("response_type"));
    assertEquals("S256", asked.get("code_challenge_method"));
    assertEquals(browser().address() + "/sign-in/callback", asked.get("redirect_uri"));
    for (String secret : List.of("state", "nonce", "code_challenge")) {
      assertEquals(43, asked.get(secret).length(), secret);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void armedProvider_signsNobodyIn(Fault fault) {
    provider.fault = fault;
    SignInBrowser browser = browser();

    String told = SignInGround.problem(browser.signIn());

    String expected =
        switch (fault) {
          case MIX_UP, NAMES_NOBODY, HUGE -> "bad_answer";
          case REFUSES -> "provider_refused";
          case TOKEN_FAILS -> "unreachable";
          default -> "bad_token";
        };
    assertEquals(expected, told);
    assertFalse(browser.cookies.containsKey(SESSION));
    HttpResponse<String> page = browser.get("/sign-in?problem=" + told);
    assertTrue(page.body().contains("Try again with localhost"), page.body());
  }

  @Test
  void algorithms_ofTheList_areTaken() {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.RS256)) {
      provider.algorithm = algorithm;
      assertEquals("/incidents", SignInBrowser.to(browser().signIn()), algorithm.getName());
    }
  }

  @Test
  void state_usedAgainOrInAnotherBrowser_isRefused() {
    SignInBrowser victim = browser();
    String back = victim.throughProvider("/");
    int before = provider.redeemed.get();
    assertEquals("not_begun_here", SignInGround.problem(browser().get(back)));
    assertEquals(before, provider.redeemed.get(), "no code of another browser is redeemed");
    Map<String, String> held = Map.copyOf(victim.cookies);
    assertEquals("/", SignInBrowser.to(victim.get(back)));

    victim.cookies.putAll(held);

    assertEquals("not_begun_here", SignInGround.problem(victim.get(back)));
  }

  @Test
  void code_injectedIntoAnotherAttempt_isRefused() {
    String stolen = FakeProvider.query(browser().throughProvider("/")).get("code");
    SignInBrowser attacker = browser();
    String own = attacker.throughProvider("/");
    String code = FakeProvider.query(own).get("code");

    assertEquals(
        "provider_refused",
        SignInGround.problem(attacker.get(own.replace("code=" + code, "code=" + stolen))));
  }

  @Test
  void ticket_forgedOrOld_isRefused() {
    SignInBrowser browser = browser();
    String back = browser.throughProvider("/");
    String name = browser.cookies.keySet().iterator().next();
    String ticket = browser.cookies.get(name);
    for (String forged :
        List.of("", ".", "x", ticket + "x", "x" + ticket, ticket.substring(0, 40), "é.é")) {
      browser.cookies.put(name, forged.replaceAll("[^!-~]", ""));
      assertEquals("not_begun_here", SignInGround.problem(browser.get(back)), forged);
      browser.cookies.remove(name);
    }
    browser.cookies.put(name, ticket);
    ground.advance(Duration.ofMinutes(11));

    assertEquals("not_begun_here", SignInGround.problem(browser.get(back)));
  }

  @Test
  void twoTabs_signingInAtOnce_bothArrive() {
    SignInBrowser browser = browser();
    String first = browser.throughProvider("/board");
    String second = browser.throughProvider("/incidents");

    assertEquals("/board", SignInBrowser.to(browser.get(first)));
    assertEquals("/incidents", SignInBrowser.to(browser.get(second)));
    assertEquals("ada", browser.me().path("name").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example.com",
        "/\\evil.example.com",
        "\\\\evil.example.com",
        "https://evil.example.com",
        "https:evil.example.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example.com",
        "/\n/evil.example.com",
        "\t//evil.example.com",
        " //evil.example.com",
        "///evil.example.com",
        "/%0d%0aSet-Cookie:x=y\r\nX: y",
        "evil.example.com",
        "@evil.example.com",
        "?to=x",
        "",
        "/sign-in/leave",
        "/sign-out",
        "/api/v1/me"
      })
  void returnAddress_thatIsNoPageOfOurs_leadsToTheStart(String to) {
    SignInBrowser browser = browser();

    assertEquals("/", SignInBrowser.to(browser.get(browser.throughProvider(to))));
  }

  @Test
  void name_chosenLikeSomebodyElses_isAnotherPerson() {
    signedIn("1001", "ada", "engineers");
    SignInBrowser mallory = signedIn("6666", "ada", "engineers");
    assertEquals("ada-2", mallory.me().path("name").asText());
    SignInBrowser squatter = signedIn("6667", "grace", "engineers");
    assertEquals("grace-2", squatter.me().path("name").asText());

    assertEquals("grace", signedIn("5005", "whoever", "engineers").me().path("name").asText());
    assertEquals("ada", signedIn("1001", "renamed", "engineers").me().path("name").asText());
    assertEquals("ada-2", signedIn("6666", "ada", "engineers").me().path("name").asText());
  }

  @Test
  void person_withoutARole_isTurnedAwayAndTold() {
    provider.person = FakeProvider.person("3003", "eve", "strangers", "sub:7007");
    SignInBrowser browser = browser();

    assertEquals("no_role", SignInGround.problem(browser.signIn()));
    assertFalse(browser.cookies.containsKey(SESSION));
    provider.person = FakeProvider.person("7007", "vera");
    assertEquals("/incidents", SignInBrowser.to(browser.signIn()));
    assertEquals("viewer", browser.me().path("role").asText());
  }

  @Test
  void storeThatTakesNothing_isToldOnTheSignInPage() throws SQLException {
    SignInBrowser browser = browser();
    String back = browser.throughProvider("/board");
    change(
        "CREATE TRIGGER no_room BEFORE INSERT ON note WHEN NEW.name LIKE 'sign-in/%'"
            + " BEGIN SELECT RAISE(ABORT, 'no room'); END");

    HttpResponse<String> answer = browser.get(back);

    change("DROP TRIGGER no_room");
    assertEquals("not_stored", SignInGround.problem(answer));
    assertFalse(browser.cookies.containsKey(SESSION));
    String page = browser.get(SignInBrowser.to(answer)).body();
    assertTrue(page.contains("cannot write to its store"), page);
    assertEquals("/incidents", SignInBrowser.to(browser.signIn()));
  }

  private void change(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(store);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  @Test
  void providerDown_isTold_andWhoIsSignedInGoesOn() {
    SignInBrowser ada = signedIn("1001", "ada", "engineers");
    provider.down = true;
    ground.advance(Duration.ofMinutes(2));
    assertEquals(200, ada.get("/incidents").statusCode());
    SignInBrowser late = browser();
    String back = late.throughProvider("/board");
    assertTrue(back.isEmpty(), "the provider answers nothing useful");

    provider.down = false;
    assertEquals("/incidents", SignInBrowser.to(late.signIn()));
  }

  @Test
  void nothingSecret_isLoggedOrStandsInOurAddresses() {
    SignInBrowser ada = signedIn("1001", "ada", "engineers");
    String secret = ada.cookies.get(SESSION);
    String csrf = ada.me().path("csrf").asText();
    String page = ada.get("/account").body();

    assertFalse(page.contains(secret));
    for (String address : List.of(page.split("href=\"|action=\""))) {
      assertFalse(address.split("\"", 2)[0].contains(csrf));
    }
    String logged = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList().toString();
    for (String hidden : List.of(secret, csrf, FakeProvider.SECRET, "code-", "1001", "eyJ")) {
      assertFalse(logged.contains(hidden), hidden);
    }
  }
}
