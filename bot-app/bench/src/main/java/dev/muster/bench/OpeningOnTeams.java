// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTenant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * S6 on Teams: from the moment a person declares to a usable channel, that is one whose headline,
 * which names the commander, stands; with a set time for every call of Microsoft's side; by the
 * start script and by its jar alone. Nobody can pin on Teams. Beside it the two calls that must
 * wait for each other whatever one does: make the channel, post in it.
 */
final class OpeningOnTeams implements Benchmark {

  private static final Duration CALL = Duration.ofMillis(150);
  private static final int WARMING = 3;

  /** Far enough, for each of both, that Muster's own pace holds nothing back. */
  private static final long APART = TimeUnit.SECONDS.toNanos(3);

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient http = new OkHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @Override
  public List<Row> run(Plan plan) throws IOException, InterruptedException {
    try (TeamsOffice office = new TeamsOffice(plan, "opening-teams");
        TeamsOffice scripted = new TeamsOffice(plan.byScript(), "opening-teams-by-script")) {
      Rounds<Double> archived = new Rounds<>("two calls one after another");
      Rounds<Double> plain = new Rounds<>("two calls one after another");
      for (int i = -WARMING; i < plan.rounds(); i++) {
        boolean warming = i < 0;
        round(scripted, i + WARMING, plan, warming ? new Rounds<>("") : archived);
        round(office, i + WARMING, plan, warming ? new Rounds<>("") : plain);
      }
      return List.of(row("tools/muster", archived), row("java -jar", plain));
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private void round(TeamsOffice office, int number, Plan plan, Rounds<Double> rounds)
      throws IOException {
    Instant begin = Instant.now();
    office.teams().takes(CALL);
    rounds.ours(declared(office, "Opening " + number));
    rounds.theirs(bare(office, "bare-" + number));
    office.teams().takes(Duration.ZERO);
    LockSupport.parkNanos(APART);
    Trace.write(plan.work().resolve(office.name()).resolve("calls.txt"), begin, office.calls());
  }

  private static Row row(String way, Rounds<Double> rounds) {
    return rounds.row(
        "S6",
        "declare to usable channel on Teams, 150 ms a call, " + way,
        "round trips",
        seconds -> seconds * 1e3 / CALL.toMillis(),
        "≤ 4.6 round trips");
  }

  private static double declared(TeamsOffice office, String title) {
    long begin = System.nanoTime();
    office.declare(title);
    return (System.nanoTime() - begin) / 1e9;
  }

  private double bare(TeamsOffice office, String name) throws IOException {
    FakeTeams teams = office.teams();
    Map<String, String> channel =
        Map.of("displayName", name, "description", "x", "membershipType", "standard");
    Map<String, Object> message =
        Map.of("type", "message", "text", "x", "from", Map.of("id", "28:" + FakeTenant.APP));
    String group = FakeTenant.GROUP;
    long begin = System.nanoTime();
    JsonNode made =
        call(
            teams.graphUrl() + "teams/" + group + "/channels",
            office.authorization("graph"),
            channel);
    call(
        teams.serviceUrl() + "v3/conversations/" + made.path("id").asText() + "/activities",
        office.authorization("connector"),
        message);
    return (System.nanoTime() - begin) / 1e9;
  }

  private JsonNode call(String url, String authorization, Object body) throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", authorization)
            .post(RequestBody.create(json.writeValueAsBytes(body), JSON))
            .build();
    try (Response response = http.newCall(request).execute()) {
      String answer = response.body().string();
      if (!response.isSuccessful()) {
        throw new IOException(url + " answers " + response.code() + " " + answer);
      }
      return json.readTree(answer);
    }
  }
}
