// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the metadata and the key document may say, and how long what they said is believed. */
final class KeyDocumentsTest {

  private static final String METADATA =
      "https://login.botframework.com/v1/.well-known/openidconfiguration";
  private static final String KEYS = "https://login.botframework.com/v1/.well-known/keys";

  private final ManualClock clock = ManualClock.atNoon();
  private final Map<String, String> documents = new HashMap<>();
  private final List<String> called = new ArrayList<>();
  private final SigningKeys keys =
      new SigningKeys(
          new OkHttpClient.Builder().addInterceptor(this::answer).build(),
          clock,
          Runnable::run,
          METADATA);

  private Response answer(Interceptor.Chain chain) throws IOException {
    String url = chain.request().url().toString();
    called.add(url);
    String document = documents.get(url);
    if (document == null) {
      throw new IOException("out of reach");
    }
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .body(ResponseBody.create(document, MediaType.get("application/json")))
        .build();
  }

  private static ObjectNode key(String kid, BigInteger modulus) {
    ObjectNode key = Json.object().put("kty", "RSA").put("kid", kid).put("e", "AQAB");
    String n = Base64.getUrlEncoder().withoutPadding().encodeToString(modulus.toByteArray());
    key.putArray("endorsements").add("msteams");
    return key.put("n", n);
  }

  private static ObjectNode genuine() {
    return key("connector-1", FakeKeys.connector().publicKey().getModulus());
  }

  private void publish(String address, ObjectNode... all) {
    documents.put(METADATA, Json.object().put("jwks_uri", address).toString());
    ObjectNode document = Json.object();
    document.putArray("keys").addAll(List.of(all));
    documents.put(KEYS, document.toString());
  }

  private static void is(Class<?> kind, SigningKeys.Found found) {
    assertInstanceOf(kind, found);
  }

  private void isKnown() {
    is(SigningKeys.Found.Key.class, keys.find("connector-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/keys",
        "https://login.botframework.com.evil.example/keys",
        "https://evil.example/login.botframework.com/keys",
        "https://login.botframework.com@evil.example/keys",
        "http://login.botframework.com/v1/.well-known/keys",
        "http://127.0.0.1/keys",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "/v1/.well-known/keys",
        ""
      })
  void keys_namedElsewhere_areNeverFetched(String address) {
    publish(address, genuine());
    documents.put(address, documents.get(KEYS));

    is(SigningKeys.Found.Unavailable.class, keys.find("connector-1"));

    assertEquals(List.of(METADATA), called);
  }

  @Test
  void keys_thatAreNoneOfOurs_areNotUsed() {
    BigInteger weak = BigInteger.ONE.shiftLeft(1023).add(BigInteger.ONE);
    ObjectNode curve = Json.object().put("kty", "EC").put("kid", "curve").put("crv", "P-256");
    ObjectNode shared = Json.object().put("kty", "oct").put("kid", "shared").put("k", "AQAB");
    ObjectNode nameless = genuine();
    nameless.remove("kid");
    ObjectNode broken = key("broken", BigInteger.ONE).put("n", "!!");
    publish(KEYS, key("weak", weak), curve, shared, nameless, broken, genuine());

    isKnown();

    for (String id : new String[] {"weak", "curve", "shared", "broken", ""}) {
      is(SigningKeys.Found.NoSuchKey.class, keys.find(id));
    }
  }

  /** An empty or broken document says that its server is in trouble, not that no key is good. */
  @Test
  void keys_gone_leaveThoseInHandForADayMore() {
    publish(KEYS, genuine());
    isKnown();
    clock.advance(Duration.ofHours(25));
    for (String document :
        new String[] {"{\"keys\":[]}", "{}", "[]", "", "x".repeat(1_100_000), "<html></html>"}) {
      documents.put(KEYS, document);
      isKnown();
      clock.advance(Duration.ofMinutes(6));
    }
    assertEquals(7, called.stream().filter(KEYS::equals).count());
    isKnown();
  }

  @Test
  void madeUpIds_tenThousand_causeOneFetchInFiveMinutes() {
    publish(KEYS, genuine());
    isKnown();
    clock.advance(Duration.ofMinutes(5));
    for (int i = 0; i < 10_000; i++) {
      is(SigningKeys.Found.NoSuchKey.class, keys.find("made-up-" + i));
      clock.advance(Duration.ofMillis(60));
    }
    isKnown();
    assertTrue(called.size() <= 2 * 4, called.size() + " calls in a quarter of an hour");
  }

  @Test
  void metadata_downForTwoDays_knownKeysServeForOneDayPastTheirRefreshAndNoOtherIsTaken() {
    publish(KEYS, genuine());
    isKnown();
    documents.clear();
    called.clear();
    int steps = 0;
    for (Duration past = Duration.ZERO; past.toHours() < 48; past = past.plusMinutes(10)) {
      isKnown();
      is(SigningKeys.Found.NoSuchKey.class, keys.find("made-up-" + past.toMinutes()));
      clock.advance(Duration.ofMinutes(10));
      steps++;
    }
    assertTrue(called.size() <= steps, called.size() + " calls in " + steps + " steps");
    is(SigningKeys.Found.Unavailable.class, keys.find("connector-1"));

    publish(KEYS, genuine());
    clock.advance(Duration.ofSeconds(6));
    isKnown();
  }
}
