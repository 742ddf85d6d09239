// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.Proxy;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {

  private final OutboundHttp http = new OutboundHttp();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void platformClient_pooledConnectionDiesBeforeTheReply_sendsOnceAndSaysSo() throws IOException {
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              if (number == 1) {
                RawServer.ok(out, "{}");
              }
              return number == 1;
            })) {
      assertEquals(200, post(server.url("/first")));

      assertThrows(IOException.class, () -> post(server.url("/second")));

      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void platformClient_withEveryRetryOff_isWhatAdaptersGet() {
    OkHttpClient client = http.forPlatforms();

    assertFalse(client.retryOnConnectionFailure());
    assertFalse(client.followRedirects());
    assertFalse(client.followSslRedirects());
    assertEquals(Proxy.NO_PROXY, client.proxy());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308, 408, 421, 500, 503})
  void platformClient_answeredWithTrouble_sendsOnce(int status) throws IOException {
    WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    server.start();
    try {
      server.stubFor(
          WireMock.any(WireMock.anyUrl())
              .willReturn(
                  WireMock.aResponse()
                      .withStatus(status)
                      .withHeader("Location", "/again")
                      .withHeader("Retry-After", "0")));

      assertEquals(status, post("http://localhost:" + server.port() + "/x"));

      server.verify(1, WireMock.anyRequestedFor(WireMock.anyUrl()));
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/latest/", "http://[fe80::1]/", "http://0.0.0.0/"})
  void platformClient_toAnAddressNobodyCalls_isRefused(String url) {
    assertThrows(GuardedSockets.Refused.class, () -> post(url));
  }

  @Test
  void close_endsThreadsAndIdleConnections() throws IOException {
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              RawServer.ok(out, "{}");
              return true;
            })) {
      post(server.url("/x"));
      assertEquals(1, http.forPlatforms().connectionPool().connectionCount());

      http.close();

      assertEquals(0, http.forPlatforms().connectionPool().connectionCount());
      assertTrue(http.forPlatforms().dispatcher().executorService().isShutdown());
    }
  }

  private int post(String url) throws IOException {
    Request request =
        new Request.Builder().url(url).post(RequestBody.create("{}".getBytes())).build();
    try (Response response = http.forPlatforms().newCall(request).execute()) {
      response.body().bytes();
      return response.code();
    }
  }
}
