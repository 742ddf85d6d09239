// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.Level;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import dev.muster.config.OidcSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand under {@code server.auth.oidc}, and how a mistake is told. */
class OidcConfigTest {

  private static final String RIGHT =
      """
      issuer: https://id.example.com/realms/main
      client-id: muster
      client-secret: "${SECRET}"
      roles: { responder: [engineers] }
      """;

  @TempDir Path folder;

  private ConfigResult load(String publicUrl, String oidc) {
    String inner = oidc.lines().map(line -> "      " + line + "\n").collect(Collectors.joining());
    String text = "server:\n  public-url: " + publicUrl + "\n  auth:\n    oidc:\n" + inner;
    try {
      Path file = Files.writeString(folder.resolve("bot.yaml"), text);
      return new ConfigLoader(name -> name.equals("SECRET") ? "hush" : null, Map.of())
          .load(Optional.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String problems(String publicUrl, String oidc) {
    return load(publicUrl, oidc)
        .match(
            loaded -> "",
            refused ->
                refused.problems().stream()
                    .map(ConfigProblem::toString)
                    .collect(Collectors.joining("\n")));
  }

  @Test
  void settings_withTheLeast_haveDefaultsAndHideTheSecret() {
    OidcSettings settings =
        load("https://muster.example.com", RIGHT)
            .match(
                loaded -> loaded.config().server().auth().oidc().orElseThrow(),
                refused -> {
                  throw new AssertionError(refused.problems().toString());
                });

    assertEquals(List.of("openid", "profile", "email"), settings.scopes());
    assertEquals("preferred_username", settings.userClaim());
    assertEquals("groups", settings.groupsClaim());
    assertEquals(Optional.empty(), settings.defaultRole());
    assertEquals(List.of("engineers"), settings.roles().of(Level.RESPONDER));
    assertFalse(settings.toString().contains("hush"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example.com/realms/main, http://id.example.com, issuer begins with https",
    "https://id.example.com/realms/main, https://id.example.com?x=y, issuer is the address",
    "client-id: muster, client-id: ' ', client-id is empty",
    "client-id: muster, client-di: muster, Did you mean client-id",
    "'roles: { responder: [engineers] }', 'roles: {}', so nobody could enter",
    "'roles: { responder: [engineers] }', 'roles: { responders: [x] }', Did you mean responder",
    "'roles: { responder: [engineers] }', 'default-role: admin', default-role is viewer or",
    "'roles: { responder: [engineers] }', 'default-role: root', is none of viewer",
    "client-id: muster, 'client-id: muster\nscopes: [profile]', scopes lacks openid",
    "client-id: muster, 'client-id: muster\nnames: { \"Ada L\": x }', names has 1 to 64"
  })
  void setting_thatIsWrong_isToldWithAMend(String line, String instead, String told) {
    String problems = problems("https://muster.example.com", RIGHT.replace(line, instead));

    assertTrue(problems.toLowerCase().contains(told.toLowerCase()), problems);
    assertFalse(problems.contains("hush"));
  }

  @Test
  void publicUrl_thatIsNotHttps_isRefusedBeyondThisMachine() {
    String told = problems("http://muster.example.com", RIGHT);

    assertTrue(told.contains("public-url begins with https when people sign in"), told);
    Stream.of("http://localhost:8080", "http://127.0.0.1:8080", "https://muster.example.com")
        .forEach(url -> assertEquals("", problems(url, RIGHT), url));
  }
}
