// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Secret;
import dev.muster.teams.inbound.HistoryWalk;
import dev.muster.teams.pace.Budget;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer of Graph names the next page; where it names another place nobody goes. */
final class NextPageTest {

  private static final String BASE = "https://graph.microsoft.com/v1.0/";

  private final ManualClock clock = ManualClock.atNoon();
  private final Telemetry telemetry = new Telemetry();
  private final List<String> signed = new ArrayList<>();
  private final OkHttpClient http = new OkHttpClient.Builder().addInterceptor(this::answer).build();
  private final Graph graph =
      new Graph(
          http,
          BASE,
          new TokenSource(
              http,
              clock,
              new TokenSource.App(
                  "https://login.microsoftonline.com/",
                  "tenant",
                  "app",
                  () -> new AppProof.Password(Secret.of("a password")),
                  () -> "id"),
              "https://graph.microsoft.com/.default"),
          new Turns(new Budget(clock, telemetry, () -> 0.5), telemetry),
          new Grants(false));

  private String next;
  private String nextReplies;

  private Response answer(Interceptor.Chain chain) {
    HttpUrl url = chain.request().url();
    ObjectNode body = Json.object();
    if (url.host().startsWith("login.")) {
      body.put("access_token", "the-token").put("expires_in", 3600);
    } else {
      signed.add(url.host() + " " + chain.request().header("Authorization"));
      body.put("@odata.nextLink", next);
      ObjectNode root = body.putArray("value").addObject().put("id", "1");
      root.put("createdDateTime", clock.instant().toString());
      root.put("replies@odata.nextLink", nextReplies);
    }
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .body(ResponseBody.create(body.toString(), MediaType.get("application/json")))
        .build();
  }

  private void nobodyElseWasAsked(ChatOutcome<?> outcome) {
    assertInstanceOf(ChatOutcome.Refused.class, outcome, outcome.toString());
    assertEquals(List.of("graph.microsoft.com Bearer the-token"), signed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/v1.0/next",
        "https://graph.microsoft.com.evil.example/v1.0/next",
        "https://graph.microsoft.com@evil.example/v1.0/next",
        "http://graph.microsoft.com/v1.0/next",
        "https://graph.microsoft.com:8443/v1.0/next",
        "http://127.0.0.1/next"
      })
  void page_namedElsewhere_isNotReadAndGetsNoToken(String elsewhere) {
    next = elsewhere;
    ChatOutcome<List<JsonNode>> listed =
        graph.list("Listing", graph.at("teams", "t", "channels").build());
    nobodyElseWasAsked(listed);

    signed.clear();
    nobodyElseWasAsked(walk().goOn());

    signed.clear();
    next = null;
    nextReplies = elsewhere;
    nobodyElseWasAsked(walk().goOn());
  }

  private HistoryWalk walk() {
    HttpUrl first = graph.at("teams", "t", "channels", "c", "messages").build();
    return new HistoryWalk(graph.then(), first, Instant.EPOCH, true);
  }
}
