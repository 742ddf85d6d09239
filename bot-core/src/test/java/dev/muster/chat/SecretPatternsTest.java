// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.Canaries;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPatternsTest {

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final String TAIL = "Z2R5Q7W3E4T6Y2U7";

  @ParameterizedTest
  @CsvSource({
    "aws_key, AKIAZ2R5Q7W3E4T6Y2U7",
    "jwt, eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "slack_token, xoxb-1234567890-abcdefghij",
    "github_token, ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "gitlab_token, glpat-abcdefghijklmnopqrst",
    "card_number, 4111 1111 1111 1111",
    "card_number, 4111111111111111",
    "card_number, 378282246310005",
    "bearer_token, abcdefghijklmnopqrstuvwx"
  })
  void secret_isReplacedByItsKind(String kind, String secret) {
    String lead = kind.equals("bearer_token") ? "Authorization: Bearer " : "saw ";
    SecretPatterns.Cleaned cleaned = SecretPatterns.clean(lead + secret + " in the log");
    assertEquals(lead + "[redacted " + kind.replace('_', ' ') + "] in the log", cleaned.text());
    assertEquals(Set.of(kind), cleaned.kinds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111"})
  void cardNumber_isFound_whateverStandsAroundIt(String card) {
    String mark = "[redacted card number]";
    for (String before :
        List.of("", " ", "\"", "(", ":", "7 ", "17 - 3 ", "0000000010000123 ", "_")) {
      assertEquals(before + mark + ".", SecretPatterns.clean(before + card + ".").text());
    }
    for (String before : List.of("a", "9", ".", "7-")) {
      assertEquals(
          before + card, SecretPatterns.clean(before + card).text(), "part of a longer name");
    }
    String behindASecret = SecretPatterns.clean("AKIAZ2R5Q7W3E4T6Y2U7 " + card).text();
    assertEquals("[redacted aws key] " + mark, behindASecret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "api_key",
        "API-KEY",
        "Secret_Key",
        "accountkey"
      })
  void nameOfASecret_isSeen_inAnyCaseAndWithQuotes(String name) {
    assertEquals(
        "{\"" + name + "\": \"[redacted password]\"}",
        SecretPatterns.clean("{\"" + name + "\": \"h4nt-er22\"}").text());
  }

  @Test
  void passwords_inPairsAndAddresses_areReplaced() {
    assertEquals(
        "password=[redacted password]; api_key: \"[redacted password]\"",
        SecretPatterns.clean("password=hunter22; api_key: \"s3cr3t-s3cr3t\"").text());
    assertEquals(
        "token=[redacted token] auth_token: [redacted token] token=[redacted api key]",
        SecretPatterns.clean("token=sk-abcdef auth_token: 9f8e7d6c5b token=sk-" + "a1B2".repeat(6))
            .text());
    assertEquals(
        "cannot reach postgres://[redacted url password]@db:5432/shop",
        SecretPatterns.clean("cannot reach postgres://app:" + TAIL + "@db:5432/shop").text());
  }

  /** What is left alone beside names and states must not let the secrets beside them through. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: expired1234",
        "password=/x7Kq+9z",
        "api_key: s3cr3t-s3cr3t",
        "secret: tls-9f8e7d6c5b4a3f2e",
        "token: 9f8e7d6c5b4a3f2e",
        "sk-0123456789abcdef0123456789abcdef",
        "api key-9e107d9d372bb6826bd81d3542a419d6",
        "card id 4532015112830366",
        "trace 4532 0151 1283 0366",
        "Authorization: Basic YWRtaW46c2VjcmV0LXdvcmQ=",
        "unexpected token: 9f8e7d6c5b"
      })
  void secret_besideOrdinaryShapes_isStillTakenOut(String text) {
    assertFalse(SecretPatterns.clean(text).kinds().isEmpty(), text);
  }

  @Test
  void privateKey_isReplacedAsAWhole() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----";
    assertEquals(
        "a [redacted private key] b [redacted private key]",
        SecretPatterns.clean("a " + key + " b " + key.substring(0, 40)).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Value is 1.\nSecond line with *stars*, <!channel>, <@U012345> and | pipe",
        "http://prometheus.example.com/graph?g0.expr=demo_down+%3D%3D+1&g0.tab=1",
        "https://runbooks.example.com/ServiceDown?a=1&b=%20x#frag",
        "trace 1763733600123456 span 4242424242424241, 4111 1111 1111 1112",
        "at 2026-11-21T14:00:00Z p99 was 4.000000000000000 s on 10.4.12.7:9400",
        "disk 4012888888881881x9, commit 3c39b8f0f1d2e3a4b5c6d7e8f9a0b1c2d3e4f5a6",
        "the password was rotated; no token: here",
        "unexpected token: identifier, token=expired since 14:05, sk-bratislava-01 is down",
        "user: basic plan",
        "bearer of bad news",
        "basic read/write/access checks",
        "basic health/readiness probe",
        "bearer token-validation-failed",
        "password: expired",
        "FATAL: password: authentication failed for user postgres",
        "api_key: invalid",
        "{\"password\":false}",
        "password: ${DB_PASSWORD}",
        "password: <your-password>, password: ‹secret-name>",
        "pwd: /srv/app/releases/2024",
        "secret: tls-wildcard-2024 expires in 3 days",
        "vault secret: kv/prod/db1",
        "idempotency token: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
        "Unexpected token: line12345",
        "token: 128000000",
        "sk-bratislava-prod-web-01",
        "sk-checkout-service-5d9f7c8b4-x2x",
        "sk-checkout-service-canary-5d9f7c8b4-x2x7k",
        "cache miss for key-9e107d9d372bb6826bd81d3542a419d6",
        "dd.trace_id=4532015112830366 dd.span_id=4532015112830366",
        "instance 4532015112830366, {\"requestId\": \"4532015112830366\"}, id 4532015112830366",
        "NoClassDefFoundError: com/example/Foo2Bar3Baz4Qux5Quux/Handler6Impl7",
        "sha384 oqVuAfXRKap7fdgcCY5uykM6R9GqQ8KuxyrxZeHL7BnNQ1Vd8k9Wx3Yz5Ab2Cd4E",
        "x-amz-id-2: eftixk72aD6Ap51TnqcoF8eFidJG9Z1mkiDFu8yU9AS1ed4OpIszj7UDNEHGran4",
        "request id 8Kj3mQ9xT2vL7nR4wZ6bY1cF5dH0gS8a"
      })
  void ordinaryText_isLeftAlone(String text) {
    assertEquals(new SecretPatterns.Cleaned(text, Set.of()), SecretPatterns.clean(text));
  }

  @Test
  void longHostileText_isCleanedInTime() {
    for (String piece :
        List.of(
            "eyJ",
            "eyJaaaaaaaa.eyJ",
            "-----BEGIN ",
            "4111 ",
            "bearer ",
            "://a:",
            "password=",
            "sk-",
            "key-0123456789abcdef0123456789abcdef ",
            "basic a/b/",
            "a")) {
      String flood = piece.repeat(256 * 1024 / piece.length());
      long start = CLOCK.getCurrentThreadCpuTime();
      SecretPatterns.clean(flood);
      assertTrue(CLOCK.getCurrentThreadCpuTime() - start < 2_000_000_000L, piece);
    }
  }

  @Test
  void canary_ofEveryKind_isTakenOutAndNamed() {
    for (Canaries.Canary canary : Canaries.all()) {
      String cleaned = SecretPatterns.clean(canary.text()).text();
      assertFalse(cleaned.contains(canary.secret()), canary + " became " + cleaned);
      assertTrue(cleaned.contains("[" + canary.kind() + "]"), canary + " became " + cleaned);
    }
  }

  /** What monitoring says all day: names, numbers, hashes, addresses, and words about secrets. */
  @Test
  void ordinaryAlerts_tenThousand_areLeftAloneButForAFew() {
    int changed = 0;
    for (int i = 0; i < 10_000; i++) {
      String text = OrdinaryAlerts.text(new Random(i));
      changed += SecretPatterns.clean(text).text().equals(text) ? 0 : 1;
    }
    assertTrue(changed <= 50, changed + " of 10,000 were changed");
  }
}
