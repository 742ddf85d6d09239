// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.AlertFixtures.NOW;
import static dev.muster.http.alert.AlertFixtures.decoded;
import static dev.muster.http.alert.AlertFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.http.alert.AlertBody.Decoded;
import dev.muster.http.alert.AlertBody.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read before is known again by its bytes, and every body is read as if nothing were. */
class KnownItemsTest {

  private static final String KEY = "password=hunter22";

  private final AlertDecoder decoder = new AlertmanagerDecoder();

  private static String item(String name) {
    return "{\"status\":\"firing\",\"labels\":{\"alertname\":\""
        + name
        + "\"},\"startsAt\":\"2026-01-05T09:00:00Z\",\"generatorURL\":\"http://p/"
        + name
        + "\"}";
  }

  private static byte[] body(String... items) {
    return utf8("{\"version\":\"4\",\"alerts\":[" + String.join(",", items) + "],\"n\":1}");
  }

  private static String unseen(Decoded decoded) {
    return new String(decoded.unseen(), StandardCharsets.UTF_8);
  }

  @Test
  void itemThatCameBefore_isTheSameAlert_amongOthersAndInAnyOrder() {
    Decoded first = decoded(decoder, body(item("a"), item("b"), item("c")));

    Decoded second = decoded(decoder, body(item("c"), item("new"), item("a")));

    assertSame(first.alerts().get(2), second.alerts().get(0));
    assertEquals("new", second.alerts().get(1).labels().get("alertname"));
    assertSame(first.alerts().get(0), second.alerts().get(2));
    assertEquals("{\"version\":\"4\",\"alerts\":[],\"n\":1}", unseen(second));
    assertArrayEquals(body(item("a"), item("b"), item("c")), first.fresh());
    assertArrayEquals(body(item("new")), second.fresh(), "what is kept of it");
  }

  @Test
  void itemThatCouldNotBeStored_isFreshWhenItComesAgain() {
    decoded(decoder, body(item("a")));
    assertArrayEquals(body(item("b")), decoded(decoder, body(item("a"), item("b"))).fresh());

    decoder.forget();

    assertArrayEquals(body(item("a")), decoded(decoder, body(item("a"))).fresh());
  }

  @Test
  void otherSource_hasAlertsOfItsOwn() {
    Alert ours = decoded(decoder, body(item("a"))).alerts().get(0);
    Decoded other = (Decoded) decoder.decode("other", body(item("a")), NOW);
    assertEquals("other", other.alerts().get(0).key().source());
    assertSame(ours, decoded(decoder, body(item("a"))).alerts().get(0));
  }

  @Test
  void whatDependsOnTheBodyAroundIt_isReadEachTime() {
    String bare = "{\"labels\":{\"alertname\":\"x\"},\"startsAt\":\"2026-01-05T09:00:00Z\"}";
    String around =
        "{\"status\":\"%s\",\"externalURL\":\"http://am/%s\",\"alerts\":[" + bare + "]}";
    Alert firing = decoded(decoder, utf8(around.formatted("firing", 1))).alerts().get(0);
    Alert resolved = decoded(decoder, utf8(around.formatted("resolved", 2))).alerts().get(0);
    assertEquals(Alert.Status.FIRING, firing.status());
    assertEquals(Alert.Status.RESOLVED, resolved.status());
    assertEquals("http://am/2", resolved.url());
  }

  @Test
  void itemWithASecret_isNeverKnown_alsoWhereNoAlertSaysIt() {
    String secret = item("a").replace("{\"status\"", "{\"note\":\"" + KEY + "\",\"status\"");
    Decoded first = decoded(decoder, body(secret, item("b")));
    Decoded second = decoded(decoder, body(secret, item("b")));
    assertTrue(unseen(first).contains(KEY));
    assertTrue(unseen(second).contains(KEY));
    assertFalse(unseen(second).contains("http://p/b"));
    assertNotSame(first.alerts().get(0), second.alerts().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alerts\":[%s,]}",
        "{\"alerts\":[%s %s]}",
        "{\"alerts\":[,%s]}",
        "{\"alerts\":[%s],}",
        "{\"alerts\":[%s]} {}",
        "{\"alerts\":[%s],\"alerts\":[%s]}",
        "{\"alerts\":[%s],\"a\":1,\"a\":2}",
        "{\"alerts\":[%s,{]}",
        "{\"alerts\":[%s]",
        "[%s]",
        "{\"n\":\"\\q\",\"alerts\":[%s]}",
        "{\"alerts\":[%s,{\"status\":\"maybe\"}]}"
      })
  void bodyThatIsRefused_isRefusedInTheSameWords_whenItsItemsAreKnown(String body) {
    String text = body.replace("%s", item("a"));
    Refused strange = (Refused) decoder.decode("am", utf8(text), NOW);
    decoded(decoder, body(item("a")));
    assertEquals(strange, decoder.decode("am", utf8(text), NOW));
  }

  @Test
  void anyMixture_isReadAsByADecoderThatKnowsNothing() {
    Random random = new Random(50);
    List<String> pool =
        IntStream.range(0, 40).mapToObj(i -> item("n" + i)).collect(Collectors.toList());
    pool.set(7, item("\\\"]}{[\\\\"));
    pool.set(8, item("ünï 💥"));
    pool.set(9, item("z").replace("firing", "resolved"));
    for (int round = 0; round < 300; round++) {
      List<String> items = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        items.add(pool.get(random.nextInt(pool.size())));
      }
      String text = new String(body(items.toArray(String[]::new)), StandardCharsets.UTF_8);
      byte[] body = utf8(random.nextBoolean() ? text : text.replace(",{", " ,\n\t{"));
      Decoded fresh = decoded(new AlertmanagerDecoder(), body);
      assertEquals(fresh.alerts(), decoded(decoder, body).alerts());
      assertEquals(items.size(), fresh.alerts().size());
    }
  }

  @Test
  void memory_isBounded_andTheOldestGoFirst() {
    String wide = item("w").replace("http://p/", "http://p/" + "x".repeat(3_000));
    Alert first = decoded(decoder, body(wide.replace("\"w\"", "\"first\""))).alerts().get(0);
    for (int i = 0; i < 3_000; i++) {
      decoded(decoder, body(wide.replace("\"w\"", "\"w" + i + "\"")));
    }
    Alert again = decoded(decoder, body(wide.replace("\"w\"", "\"first\""))).alerts().get(0);
    assertNotSame(first, again);
    assertEquals(first, again);
  }

  @Test
  void memory_ofSmallItems_isBoundedByTheirNumber() {
    Alert first = decoded(decoder, body(item("first"))).alerts().get(0);
    for (int part = 0; part < 10; part++) {
      int number = 2_000 * part;
      decoded(
          decoder,
          body(
              IntStream.range(0, 2_000)
                  .mapToObj(i -> item("" + (number + i)))
                  .toArray(String[]::new)));
    }
    assertNotSame(first, decoded(decoder, body(item("first"))).alerts().get(0));
  }
}
