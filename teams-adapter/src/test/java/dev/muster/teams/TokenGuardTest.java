// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakeTenant;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No crafted token gets past the guard; the reason is counted and not told. */
final class TokenGuardTest extends OnTeams {

  private static final FakeKeys KEY = FakeKeys.connector();
  private static final FakeKeys STRANGER = FakeKeys.stranger("connector-1");

  private static final String NUMBERED = "{\"alg\":\"RS256\",\"kid\":1}";
  private static final String LISTED = "{\"alg\":[\"RS256\"],\"kid\":\"connector-1\"}";
  private static final String RIGHT_ISSUER = "https://api.botframework.com";

  private interface Crafted {
    String header(ObjectNode genuineClaims);
  }

  private static Arguments row(String name, String reason, Crafted crafted) {
    return Arguments.of(name, reason, crafted);
  }

  private static Arguments claim(String name, String reason, UnaryOperator<ObjectNode> change) {
    return row(name, reason, claims -> "Bearer " + KEY.sign(change.apply(claims)));
  }

  private static String header(String more) {
    return "{\"typ\":\"JWT\",\"kid\":\"connector-1\"," + more + "}";
  }

  static Stream<Arguments> craftedTokens() {
    return Stream.concat(forms(), Stream.concat(headers(), claims()));
  }

  private static Stream<Arguments> forms() {
    return Stream.of(
        row("no header", "no_token", c -> ""),
        row("basic", "no_token", c -> "Basic dXNlcjpwYXNz"),
        row("empty bearer", "malformed", c -> "Bearer "),
        row("no token at all", "malformed", c -> "Bearer not-a-token"),
        row("two parts", "malformed", c -> "Bearer a.b"),
        row("not base64", "malformed", c -> "Bearer !!.!!.!!"),
        row("not JSON", "malformed", c -> "Bearer " + KEY.sign("nothing", c.toString())),
        row("two megabytes", "token_too_large", c -> "Bearer " + "a".repeat(2_000_000)),
        row("no signature", "signature", c -> cut("Bearer " + KEY.sign(c))),
        row("somebody else's key", "signature", c -> "Bearer " + STRANGER.sign(c)),
        row("two tokens", "malformed", c -> "Bearer " + KEY.sign(c) + ", Bearer " + KEY.sign(c)),
        row("token inside a token", "malformed", c -> "Bearer " + KEY.sign(c) + "." + KEY.sign(c)),
        row("changed claims", "signature", TokenGuardTest::changedAfterSigning));
  }

  private static String cut(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static String changedAfterSigning(ObjectNode claims) {
    String[] parts = KEY.sign(claims).split("\\.");
    byte[] other = Json.bytes(claims.put("exp", claims.path("exp").asLong() + 60));
    return "Bearer " + parts[0] + "." + FakeKeys.encoded(other) + "." + parts[2];
  }

  private static Stream<Arguments> headers() {
    return Stream.of(
        row("none", "algorithm", c -> unsigned("{\"alg\":\"none\",\"kid\":\"connector-1\"}", c)),
        row("None", "algorithm", c -> unsigned("{\"alg\":\"None\",\"kid\":\"connector-1\"}", c)),
        row("no algorithm", "algorithm", c -> unsigned("{\"kid\":\"connector-1\"}", c)),
        row("HS256 with the public key", "algorithm", TokenGuardTest::hmacWithPublicKey),
        signed("RS512", "algorithm", "\"alg\":\"RS512\""),
        row("key id is a number", "key", c -> "Bearer " + KEY.sign(NUMBERED, c.toString())),
        row("algorithms in a list", "algorithm", c -> "Bearer " + KEY.sign(LISTED, c.toString())),
        row("header in a list", "malformed", c -> "Bearer " + KEY.sign("[]", c.toString())),
        signed("critical extension", "algorithm", "\"alg\":\"RS256\",\"crit\":[\"b64\"]"),
        signed("algorithm twice", "malformed", "\"alg\":\"none\",\"alg\":\"RS256\""),
        row("unknown key", "key", c -> "Bearer " + FakeKeys.stranger("nobody").sign(c)),
        row("no key id", "key", c -> "Bearer " + KEY.sign("{\"alg\":\"RS256\"}", c.toString())),
        row(
            "key id is a path",
            "key",
            c -> "Bearer " + FakeKeys.stranger("../../../dev/null").sign(c)),
        strange("jku", "\"jku\":\"https://evil.example/keys\""),
        strange("x5u", "\"x5u\":\"https://evil.example/cert\""),
        strange("embedded key", "\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}"));
  }

  private static Arguments signed(String name, String reason, String more) {
    return row(name, reason, c -> "Bearer " + KEY.sign(header(more), c.toString()));
  }

  /** Signed by a stranger whose header says where his key could be found. */
  private static Arguments strange(String name, String more) {
    String header = header("\"alg\":\"RS256\"," + more);
    return row(name, "signature", c -> "Bearer " + STRANGER.sign(header, c.toString()));
  }

  private static String unsigned(String header, ObjectNode claims) {
    return "Bearer "
        + FakeKeys.encoded(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + FakeKeys.encoded(Json.bytes(claims))
        + ".";
  }

  private static String hmacWithPublicKey(ObjectNode claims) {
    String unsigned = unsigned(header("\"alg\":\"HS256\""), claims);
    String signed = unsigned.substring("Bearer ".length(), unsigned.length() - 1);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.publicKey().getEncoded(), "HmacSHA256"));
      byte[] seal = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return "Bearer " + signed + "." + FakeKeys.encoded(seal);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Arguments> claims() {
    return Stream.of(
        claim("other app", "audience", c -> c.put("aud", "other-app")),
        claim("no audience", "audience", c -> c.without("aud")),
        claim("audiences in a list", "audience", TokenGuardTest::listedAudience),
        claim("Graph token", "issuer", c -> c.put("iss", "https://sts.windows.net/tenant/")),
        claim(
            "emulator", "issuer", c -> c.put("iss", "https://login.microsoftonline.com/d6d/v2.0")),
        claim("no issuer", "issuer", c -> c.without("iss")),
        claim("no end", "expiry", c -> c.without("exp")),
        claim("ended", "expiry", c -> c.put("exp", c.path("exp").asLong() - 3600 - 301)),
        claim(
            "ends in ten years",
            "expiry",
            c -> c.put("exp", c.path("exp").asLong() + 315_360_000L)),
        claim("end as text", "expiry", c -> c.put("exp", c.path("exp").asText())),
        claim("not yet", "not_before", c -> c.put("nbf", c.path("nbf").asLong() + 60 + 301)),
        claim("beginning as text", "not_before", c -> c.put("nbf", "now")),
        claim("no service address", "service_url", c -> c.without("serviceurl")),
        claim(
            "other service address", "service_url", c -> c.put("serviceurl", "https://x.example/")),
        claim(
            "two service addresses", "service_url", c -> c.put("serviceUrl", "https://x.example/")),
        row("claim twice", "malformed", TokenGuardTest::audienceTwice),
        claim("issuers in a list", "issuer", c -> listed(c, "iss", RIGHT_ISSUER)),
        claim("person's token", "issuer", c -> c.put("iss", "https://login.live.com")),
        claim("end beyond all numbers", "expiry", c -> c.put("exp", beyond(c.path("exp")))),
        claim("end with a fraction", "expiry", c -> c.put("exp", c.path("exp").asLong() + 0.5)),
        claim("end before all time", "expiry", c -> c.put("exp", Long.MIN_VALUE)),
        claim(
            "beginning beyond all numbers", "not_before", c -> c.put("nbf", beyond(c.path("nbf")))),
        claim("beginning that is null", "not_before", c -> c.putNull("nbf")),
        claim("service address in an object", "service_url", c -> inside(c, "serviceurl")));
  }

  /** Cut to 64 bits it would be the same number again. */
  private static BigInteger beyond(JsonNode number) {
    return BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(number.asLong()));
  }

  private static ObjectNode listed(ObjectNode claims, String name, String value) {
    claims.putArray(name).add(value);
    return claims;
  }

  private static ObjectNode inside(ObjectNode claims, String name) {
    String value = claims.path(name).asText();
    claims.putObject(name).put(name, value);
    return claims;
  }

  private static ObjectNode listedAudience(ObjectNode claims) {
    claims.putArray("aud").add(FakeTenant.APP).add("other-app");
    return claims;
  }

  private static String audienceTwice(ObjectNode claims) {
    String text = claims.toString();
    String twice = "{\"aud\":\"other-app\"," + text.substring(1);
    return "Bearer " + KEY.sign(header("\"alg\":\"RS256\""), twice);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("craftedTokens")
  void token_crafted_isRefusedWithoutABody(String name, String reason, Crafted crafted) {
    ObjectNode message = ground.writes("ada", "open the doors");

    RouteAnswer answer = ground.push(message, crafted.header(ground.pushes().claims()));

    assertEquals(401, status(answer));
    assertEquals(0, ((RouteAnswer.Bytes) answer).body().length);
    assertEquals(0, inbox.deliveries().size());
    assertEquals(1, refused(reason), ground.runtime().telemetry().prometheusText());
  }

  private long refused(String reason) {
    return ground
        .runtime()
        .telemetry()
        .counted("muster_chat_refused_total", "platform", "teams", "reason", reason);
  }

  private ObjectNode message() {
    return ground.writes("ada", "hello");
  }

  @Test
  void token_genuine_isTaken() {
    assertEquals(200, status(ground.push(message())));
    assertEquals(1, inbox.deliveries().size());
  }

  @Test
  void token_withinFiveMinutes_isTaken() {
    ObjectNode claims = ground.pushes().claims();
    claims.put("exp", clock.instant().minusSeconds(290).getEpochSecond());
    claims.put("nbf", clock.instant().plusSeconds(290).getEpochSecond());

    assertEquals(200, status(ground.push(message(), "Bearer " + KEY.sign(claims))));
  }

  @Test
  void key_notEndorsedForTeams_isRefused() {
    FakeKeys other = FakeKeys.endorsedFor("webchat");
    ground.teams().publish(other);

    RouteAnswer answer = ground.push(message(), "Bearer " + other.sign(ground.pushes().claims()));

    assertEquals(401, status(answer));
    assertEquals(1, refused("endorsement"));
  }

  @Test
  void activity_ofAnotherChannelTenantOrAddress_isRefused() {
    ObjectNode emulator = message().put("channelId", "emulator");
    ObjectNode none = message();
    none.remove("channelId");
    ObjectNode foreign = message();
    foreign.withObjectProperty("conversation").put("tenantId", "other-tenant");
    ObjectNode half = message();
    half.withObjectProperty("channelData").putObject("tenant").put("id", "other-tenant");
    ObjectNode nowhere = message();
    nowhere.remove("serviceUrl");

    for (ObjectNode wrong : new ObjectNode[] {emulator, none, foreign, half, nowhere}) {
      assertEquals(401, status(ground.push(wrong)), wrong.toString());
    }
    assertEquals(0, inbox.deliveries().size());
    assertEquals(2, refused("channel"));
    assertEquals(2, refused("tenant"));
    assertEquals(1, refused("service_url"));
  }

  @Test
  void activity_withoutTenant_isRefused() {
    ObjectNode message = message();
    message.withObjectProperty("conversation").remove("tenantId");
    message.withObjectProperty("channelData").remove("tenant");

    assertEquals(401, status(ground.push(message)));
  }

  /** A token that names a foreign address is genuine, and still nothing may go there. */
  @Test
  void serviceUrl_notOnTheList_isRefusedAndNotKept() {
    String foreign = "https://smba.evil.example/teams/";
    ObjectNode claims = ground.pushes().claims().put("serviceurl", foreign);
    ObjectNode message = message().put("serviceUrl", foreign);

    assertEquals(401, status(ground.push(message, "Bearer " + KEY.sign(claims))));

    assertEquals(1, refused("service_url"));
    assertEquals(
        0, memory.scan("", "", 1000).stream().filter(e -> e.value().contains("evil")).count());
  }

  @Test
  void body_tooLargeOrNotJson_isRefusedAfterTheToken() {
    Map<String, String> genuine = Map.of("Authorization", ground.pushes().authorization());
    byte[] huge = new byte[2_000_000];

    assertEquals(413, status(ground.raw(huge, genuine)));
    assertEquals(401, status(ground.raw(huge, Map.of())));
    for (String broken : new String[] {"", "[]", "{", "{\"a\":1,\"a\":2}", "{} {}", "7"}) {
      byte[] body = broken.getBytes(StandardCharsets.UTF_8);
      assertEquals(400, status(ground.raw(body, genuine)), broken);
    }
    byte[] deep = "[".repeat(5000).getBytes(StandardCharsets.UTF_8);
    assertEquals(400, status(ground.raw(deep, genuine)));
    ObjectNode broad = message();
    IntStream.range(0, 2_001).forEach(number -> broad.put("k" + number, 0));
    byte[] keys = broad.toString().getBytes(StandardCharsets.UTF_8);
    assertEquals(400, status(ground.raw(keys, genuine)));
  }
}
