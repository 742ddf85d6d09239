// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Payloads} where people sign in: in what the identity provider says of them, in the names
 * of their browsers and tokens, and in the addresses of the way through sign-in. Every page about
 * that opened in headless Chromium. Skipped where Chromium is not installed.
 */
@Tag("proof")
class InjectionsSignedInTest {

  private static final String USER_AGENT = "User-Agent";

  @TempDir Path folder;

  private final Map<String, Set<String>> wrong = new LinkedHashMap<>();
  private WatchedBrowser browser;
  private SignInGround ground;

  @BeforeEach
  void start() throws IOException {
    browser = new WatchedBrowser();
    ground = new SignInGround(folder);
    ground.mend();
  }

  @AfterEach
  void stop() {
    browser.close();
    if (ground != null) {
      ground.close();
    }
  }

  private String own() {
    return ground.browser().address();
  }

  private void check(String path, String shown) {
    Set<String> found = browser.open(own() + path, shown);
    if (!found.isEmpty()) {
      wrong.put(path, found);
    }
  }

  @Test
  void payload_inEverythingThatSignInTakes_isTextOnEveryPage() {
    errors();
    people();
    ground.provider().person = FakeProvider.person("9009", "root", "admins");
    SignInBrowser root = ground.browser();
    assertEquals("/incidents", SignInBrowser.to(root.signIn()));
    int made = tokens(root);
    assertTrue(made > 20, made + " tokens");
    browser.driver().get(own() + "/sign-in/start?to=%2Faccount");
    browser.await("Your account");

    check("/account", "Your account");
    check("/account/everybody", "canary");
    check("/account/tokens", "canary");
    check("/api/v1/sessions", "canary");
    check("/api/v1/tokens", "canary");
    check("/api/v1/journal?limit=500", "canary");
    check("/", "");
    check("/chat", "");

    assertEquals(Map.of(), wrong);
    Set<String> foreign = new TreeSet<>(browser.foreign(own()));
    assertTrue(foreign.removeIf(asked -> asked.startsWith(ground.provider().issuer())));
    assertEquals(Set.of(), foreign);
    assertEquals(0, browser.trapped());
  }

  /** Whoever makes a link to the way through sign-in decides what stands in it. */
  private void errors() {
    for (String text : Payloads.packed(900)) {
      String q = encoded(text);
      check("/sign-in?problem=" + q + "&to=" + q, "Sign in");
      check("/sign-in?problem=no_role&to=%2F%2Fevil.example%2F" + q, "Not signed in");
      check(
          "/sign-in/callback?state="
              + q
              + "&code="
              + q
              + "&iss="
              + q
              + "&error="
              + q
              + "&error_description="
              + q,
          "Not signed in");
    }
  }

  /** An address that is too long is refused before anybody looks into it. */
  private static String encoded(String text) {
    String whole = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return whole.length() < 2_800
        ? whole
        : URLEncoder.encode(text.substring(0, 200), StandardCharsets.UTF_8);
  }

  /** What the provider calls somebody, their groups, and what their browsers call themselves. */
  private void people() {
    List<String> packed = Payloads.packed(200);
    int number = 0;
    for (String text : packed) {
      number++;
      String subject = number % 2 == 0 ? text : "2000" + number;
      ground.provider().person = FakeProvider.person(subject, text, "engineers", text);
      SignInBrowser somebody = ground.browser();
      String agent = text.replaceAll("[^ -~]", " ").strip();
      HttpResponse<String> in =
          somebody.get(
              somebody.throughProvider("/incidents"), "Accept", "text/html", USER_AGENT, agent);
      assertEquals("/incidents", SignInBrowser.to(in), text);
      ground.provider().person = FakeProvider.person(subject + "x", text, text);
      assertTrue(SignInBrowser.to(ground.browser().signIn()).contains("no_role"), text);
      ground.advance(Duration.ofSeconds(1));
    }
  }

  private int tokens(SignInBrowser root) {
    int made = 0;
    for (String name : Payloads.packed(64)) {
      Map<String, String> wish = Map.of("name", name, "role", "viewer");
      made += root.write("POST", "/api/v1/tokens", wish).statusCode() == 201 ? 1 : 0;
    }
    return made;
  }
}
