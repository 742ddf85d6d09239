// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.webhook.WebhookRequest;
import dev.muster.webhook.WebhookResult;
import dev.muster.webhook.WebhookResult.Answered;
import dev.muster.webhook.WebhookResult.Failed;
import dev.muster.webhook.WebhookResult.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing reaches a trap on loopback unless the operator named it. */
class GuardTest {

  private RawServer trap;

  @BeforeEach
  void open() throws IOException {
    trap =
        new RawServer(
            (number, out) -> {
              RawServer.ok(out, "{}");
              return true;
            });
  }

  @AfterEach
  void close() throws IOException {
    trap.close();
  }

  @Test
  void host_namedWithItsPort_isCalled() {
    assertInstanceOf(Answered.class, call(trap.url("/x"), trap.origin()));
  }

  @Test
  void localhost_named_isCalled() {
    String origin = "http://localhost:" + trap.port();

    assertInstanceOf(Answered.class, call(origin + "/x", origin));
  }

  @Test
  void list_thatIsEmpty_allowsNothing() {
    assertEquals(Reason.HOST_NOT_ALLOWED, refused(trap.url("/x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d",
        "http://127.0.0.2:%d",
        "http://localhost:%d",
        "http://127.1:%d",
        "http://2130706433:%d",
        "http://0x7f000001:%d",
        "http://0177.0.0.1:%d",
        "http://[::1]:%d",
        "http://[::ffff:127.0.0.1]:%d",
        "http://0.0.0.0:%d",
        "http://0:%d",
        "http://[::]:%d",
        "http://127.0.0.1.:%d",
        "http://LOCALHOST:%d",
        "http://127。0。0。1:%d",
        "http://deploy.example.com@127.0.0.1:%d",
        "http://127.0.0.1:%d#deploy.example.com",
        "http://127.0.0.1:%d\\@deploy.example.com",
        "https://127.0.0.1:%d",
        "ftp://127.0.0.1:%d",
        "http://user:pass@deploy.example.com:%d",
        "http://deploy.example.com.evil.example:%d",
        "http://①②⑦.⓪.⓪.①:%d"
      })
  void address_notNamed_isNeverReached(String form) {
    String url = form.formatted(trap.port()) + "/x";

    WebhookResult result =
        call(url, "deploy.example.com", "http://deploy.example.com:" + trap.port());

    assertInstanceOf(Failed.class, result);
    assertTrue(trap.requests().isEmpty());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "addresses.csv", numLinesToSkip = 1)
  void name_thatLeadsToASpecialAddress_isRefusedBeforeConnecting(
      String address, AddressClass kind, String why) {
    if (kind == AddressClass.PUBLIC) {
      return;
    }

    WebhookResult result =
        callVia(host -> literals(address), "https://deploy.example.com/x", "deploy.example.com");

    assertEquals(Reason.ADDRESS_NOT_ALLOWED, assertInstanceOf(Failed.class, result).reason(), why);
  }

  @Test
  void name_thatLeadsToOneInternalAddressAmongPublicOnes_isRefused() {
    WebhookResult result =
        callVia(
            host -> literals("93.184.215.14", "127.0.0.1"),
            "http://deploy.example.com:" + trap.port() + "/x",
            "http://deploy.example.com:" + trap.port());

    assertEquals(Reason.ADDRESS_NOT_ALLOWED, assertInstanceOf(Failed.class, result).reason());
    assertTrue(trap.requests().isEmpty());
  }

  @Test
  void name_thatLeadsToANamedAddressAndPort_isCalled() {
    String origin = "http://deploy.internal:" + trap.port();

    assertInstanceOf(
        Answered.class,
        callVia(host -> literals("127.0.0.1"), origin + "/x", origin, trap.origin()));
  }

  @Test
  void name_thatLeadsToANamedAddressOnAnotherPort_isRefused() {
    String origin = "http://deploy.internal:" + trap.port();

    WebhookResult result =
        callVia(host -> literals("127.0.0.1"), origin + "/x", origin, "http://127.0.0.1:1");

    assertEquals(Reason.ADDRESS_NOT_ALLOWED, assertInstanceOf(Failed.class, result).reason());
    assertTrue(trap.requests().isEmpty());
  }

  @Test
  void name_thatChangesItsAddress_isLookedUpOnceForEachCall() {
    AtomicInteger lookups = new AtomicInteger();
    Dns rebinding =
        host -> literals(lookups.incrementAndGet() % 2 == 1 ? "192.0.2.1" : "127.0.0.1");
    String origin = "http://deploy.example.com:" + trap.port();

    for (int i = 1; i <= 4; i++) {
      assertInstanceOf(Failed.class, callVia(rebinding, origin + "/x", origin));
      assertEquals(i, lookups.get());
    }
    assertTrue(trap.requests().isEmpty());
  }

  @Test
  void name_nobodyKnows_failsBecauseNothingWasSent() {
    Dns nobody =
        host -> {
          throw new UnknownHostException(host);
        };

    WebhookResult result = callVia(nobody, "https://deploy.example.com/x", "deploy.example.com");

    assertEquals(Reason.NAME_NOT_FOUND, assertInstanceOf(Failed.class, result).reason());
  }

  @Test
  void plainHttp_whereOnlyTheHostIsNamed_isRefused() {
    assertEquals(
        Reason.HOST_NOT_ALLOWED, refused("http://deploy.example.com/x", "deploy.example.com"));
  }

  @Test
  void entry_removedFromTheList_countsAtOnce() {
    List<String> allowed = new ArrayList<>(List.of(trap.origin()));
    try (OutboundHttp http = new OutboundHttp()) {
      var client = http.forRunbooks(() -> List.copyOf(allowed), ref -> Optional.empty());
      assertInstanceOf(Answered.class, client.call(request(trap.url("/x"))));

      allowed.clear();

      assertInstanceOf(Failed.class, client.call(request(trap.url("/x"))));
    }
  }

  private Reason refused(String url, String... allowed) {
    return assertInstanceOf(Failed.class, call(url, allowed)).reason();
  }

  private WebhookResult call(String url, String... allowed) {
    return callVia(Dns.SYSTEM, url, allowed);
  }

  private static WebhookResult callVia(Dns resolver, String url, String... allowed) {
    try (OutboundHttp http = new OutboundHttp(resolver)) {
      return http.forRunbooks(() -> Arrays.asList(allowed), ref -> Optional.empty())
          .call(request(url));
    }
  }

  private static WebhookRequest request(String url) {
    return new WebhookRequest("POST", url, Map.of(), "{}", Duration.ofSeconds(5), Map.of());
  }

  private static List<InetAddress> literals(String... addresses) {
    return Arrays.stream(addresses).map(each -> Literals.parse(each).orElseThrow()).toList();
  }
}
