// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.muster.access.Level;
import dev.muster.chat.spi.Secret;
import dev.muster.config.OidcSettings;
import dev.muster.config.ServerSettings;
import dev.muster.testkit.ManualClock;
import dev.muster.webhook.http.OutboundHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the examination says about the identity provider. */
class SignInCheckTest {

  private HttpServer provider;
  private String issuer;
  private volatile String calledItself;

  @BeforeEach
  void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://localhost:" + provider.getAddress().getPort();
    calledItself = issuer;
    provider.createContext(
        "/",
        exchange -> {
          String document =
              exchange.getRequestURI().getPath().equals("/keys")
                  ? "{\"keys\":[]}"
                  : "{\"issuer\":\"I\",\"authorization_endpoint\":\"B/a\",\"token_endpoint\":\"B/t\",\"jwks_uri\":\"B/keys\"}"
                      .replace("\"I\"", '"' + calledItself + '"')
                      .replace("B/", issuer + "/");
          byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  private List<String> look(String publicUrl) {
    OidcSettings.Roles roles =
        new OidcSettings.Roles(List.of(), List.of(), List.of(), List.of("staff"));
    OidcSettings oidc =
        new OidcSettings(
            URI.create(issuer),
            "muster",
            Secret.blank(),
            List.of("openid"),
            "name",
            "groups",
            roles,
            Optional.<Level>empty(),
            Map.of());
    ServerSettings server =
        new ServerSettings(
            "127.0.0.1",
            8080,
            URI.create(publicUrl),
            new ServerSettings.Auth(List.of(), Optional.of(oidc)));
    try (OutboundHttp http = new OutboundHttp()) {
      return SignInCheck.look(server, http.forPlatforms(), ManualClock.atNoon()).stream()
          .map(Finding::line)
          .toList();
    }
  }

  @Test
  void provider_thatAnswers_isFineAndTheRedirectAddressIsShownExactly() {
    List<String> said = look("https://muster.example.com");

    assertTrue(said.get(0).startsWith("ok     sign-in    " + issuer + " answers"), said.get(0));
    assertTrue(said.get(1).endsWith("exactly: https://muster.example.com/sign-in/callback"));
  }

  @Test
  void provider_thatCallsItselfOtherwise_isWrongWithTheMend() {
    calledItself = issuer + "/";

    String said = look("https://muster.example.com").get(0);

    assertTrue(said.startsWith("WRONG"), said);
    assertTrue(said.contains("Set server.auth.oidc.issuer to what stands under"), said);
  }

  @Test
  void provider_thatIsDown_isWrongWithTheAddressToOpen() {
    provider.stop(0);

    String said = look("https://muster.example.com").get(0);

    assertTrue(said.startsWith("WRONG"), said);
    assertTrue(said.contains(issuer + "/.well-known/openid-configuration can be opened"), said);
    assertEquals(2, look("https://muster.example.com").size());
  }
}
