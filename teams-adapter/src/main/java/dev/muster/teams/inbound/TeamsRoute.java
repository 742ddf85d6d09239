// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.builder.InvokeResponse;
import com.microsoft.bot.connector.authentication.ClaimsIdentity;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ActivityTypes;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.chat.spi.TheirClock;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.PlainJson;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/messages}: verifies, reads strictly, and only then lets the SDK see the call.
 * Refusals are counted by reason and answered 401 without a body. Thread-safe.
 */
public final class TeamsRoute implements RouteHandler {

  /** Activities carry at most about 100 KB of card or text. */
  private static final int LARGEST_BODY = 1_000_000;

  /** What claims to be later than this is dated by when it came. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** What the SDK answers to an invoke that nobody handles. */
  private static final int NOT_KNOWN = 501;

  private static final String JSON = "application/json";
  private static final String CHANNEL = "msteams";
  private static final Logger LOG = LoggerFactory.getLogger(TeamsRoute.class);

  private final Optional<RequestVerifier> verifier;
  private final Gate gate;
  private final SdkBridge adapter;
  private final TeamsBot bot;
  private final PlainJson json;
  private final Runnable called;
  private final Telemetry telemetry;

  /**
   * What a call must fit besides its token.
   *
   * @param appId the app's id
   * @param tenant the only tenant that is heard; blank in anonymous trials hears all
   * @param hosts where the connector may be
   * @param theirs knows what our clock showed when something happened
   */
  public record Gate(String appId, String tenant, HostGuard hosts, TheirClock theirs) {}

  /** Used by {@link InboundAssembly}. {@code verifier} is empty in anonymous trials only. */
  TeamsRoute(
      Optional<RequestVerifier> verifier,
      Gate gate,
      SdkBridge adapter,
      TeamsBot bot,
      PlainJson json,
      Runnable called,
      PlatformRuntime runtime) {
    this.verifier = verifier;
    this.gate = gate;
    this.called = called;
    this.adapter = adapter;
    this.bot = bot;
    this.json = json;
    this.telemetry = runtime.telemetry();
  }

  @Override
  public RouteAnswer handle(RouteRequest request) throws IOException {
    Optional<RequestVerifier.Verdict.Genuine> genuine = Optional.empty();
    if (verifier.isPresent()) {
      RequestVerifier.Verdict verdict = verifier.get().verify(request.header("authorization"));
      if (verdict instanceof RequestVerifier.Verdict.Refused refused) {
        return refuse(refused.why());
      }
      if (verdict instanceof RequestVerifier.Verdict.Unavailable) {
        telemetry.count("muster_teams_keys_unavailable_total");
        return unavailable();
      }
      genuine = Optional.of((RequestVerifier.Verdict.Genuine) verdict);
    } else if (!LocalCall.is(request)) {
      return refuse(Refusal.NOT_LOCAL);
    }
    if (!isJson(request.header("content-type"))) {
      return RouteAnswer.empty(415);
    }
    Optional<byte[]> body = request.body(LARGEST_BODY);
    if (body.isEmpty()) {
      return RouteAnswer.empty(413);
    }
    return read(body.get(), genuine);
  }

  private static boolean isJson(Optional<String> type) {
    return type.map(t -> t.strip().toLowerCase(Locale.ROOT))
        .map(t -> t.equals(JSON) || t.startsWith(JSON + ";"))
        .orElse(true);
  }

  private RouteAnswer read(byte[] body, Optional<RequestVerifier.Verdict.Genuine> genuine) {
    try {
      JsonNode node = Json.read(body);
      if (node instanceof ObjectNode object) {
        Optional<Refusal> refusal = mismatch(object, genuine);
        if (refusal.isPresent()) {
          return refuse(refusal.get());
        }
        RouteAnswer answer = take(object, body);
        called.run();
        return answer;
      }
    } catch (IOException e) {
      LOG.debug("teams_activity_unreadable");
    }
    return malformed();
  }

  private Optional<Refusal> mismatch(
      ObjectNode activity, Optional<RequestVerifier.Verdict.Genuine> genuine) {
    String channel = activity.path("channelId").asText("");
    String serviceUrl = activity.path("serviceUrl").asText("");
    if (!channel.equals(CHANNEL)) {
      return Optional.of(Refusal.CHANNEL);
    }
    boolean named = genuine.isEmpty() || genuine.get().serviceUrl().equals(serviceUrl);
    if (!named || !gate.hosts().allows(serviceUrl)) {
      return Optional.of(Refusal.SERVICE_URL);
    }
    if (genuine.isPresent() && !genuine.get().endorsements().contains(channel)) {
      return Optional.of(Refusal.ENDORSEMENT);
    }
    JsonNode named1 = activity.path("channelData").path("tenant").path("id");
    JsonNode named2 = activity.path("conversation").path("tenantId");
    return fits(named1, named2) ? Optional.empty() : Optional.of(Refusal.TENANT);
  }

  /** An activity names its tenant at one or both of two places; each must be ours. */
  private boolean fits(JsonNode one, JsonNode other) {
    boolean any = !one.isMissingNode() || !other.isMissingNode() || verifier.isEmpty();
    return any && isOurs(one) && isOurs(other);
  }

  private boolean isOurs(JsonNode tenant) {
    boolean anyTenant = verifier.isEmpty() && gate.tenant().isBlank();
    return anyTenant || tenant.isMissingNode() || tenant.asText("").equals(gate.tenant());
  }

  private RouteAnswer take(ObjectNode node, byte[] body) {
    Instant at = time(node);
    Turn turn = new Turn(at, gate.theirs().inOurs(at), body);
    ClaimsIdentity identity = SdkBridge.verified(gate.appId(), node.path("serviceUrl").asText(""));
    try {
      Activity activity = mapped(node);
      if (activity.getType() == null) {
        return malformed();
      }
      InvokeResponse response =
          adapter
              .processActivity(
                  identity,
                  activity,
                  context -> {
                    context.getTurnState().add(Turn.KEY, turn);
                    return bot.onTurn(context);
                  })
              .join();
      return answer(turn, activity, response);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return malformed();
    } catch (CompletionException e) {
      LOG.warn("teams_turn_failed error={}", where(e.getCause()));
      telemetry.count("muster_teams_turns_failed_total");
      return unavailable();
    }
  }

  /**
   * Lets an empty activity run through the SDK, which loads some thousand classes on its first
   * turn: seconds on a small machine, while Teams waits five.
   *
   * @param serviceUrl an allowed address; nothing is sent to it
   */
  public void warmUp(String serviceUrl) {
    ObjectNode nothing =
        Json.object().put("type", "typing").put("channelId", CHANNEL).put("serviceUrl", serviceUrl);
    nothing.putObject("conversation").put("id", "warm-up");
    nothing.putObject("from").put("id", "warm-up");
    take(nothing, new byte[0]);
  }

  /** Says what failed and where, without the exception's text, which may quote people. */
  private static String where(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /**
   * Maps to the SDK's type. The SDK cannot read every timestamp and takes milliseconds for
   * nanoseconds, and it makes the sender's locale the default of the whole process; both fields are
   * taken out first.
   */
  private Activity mapped(ObjectNode node) throws JsonProcessingException {
    ObjectNode safe = node.deepCopy();
    safe.remove(List.of("timestamp", "localTimestamp", "locale", "expiration"));
    if (safe.path("conversation") instanceof ObjectNode conversation
        && !conversation.has("tenantId")) {
      conversation.put("tenantId", gate.tenant());
    }
    return json.serializer().treeToValue(safe, Activity.class);
  }

  private Instant time(JsonNode activity) {
    Instant now = gate.theirs().now();
    try {
      Instant told = OffsetDateTime.parse(activity.path("timestamp").asText("")).toInstant();
      boolean plausible = told.isAfter(Instant.EPOCH) && told.isBefore(now.plus(AHEAD));
      return plausible ? told : now;
    } catch (DateTimeException e) {
      return now;
    }
  }

  private RouteAnswer answer(Turn turn, Activity activity, InvokeResponse response)
      throws JsonProcessingException {
    if (turn.ending() == Turn.Ending.NOT_STORED) {
      return unavailable();
    }
    if (turn.ending() == Turn.Ending.INCOMPLETE) {
      return malformed();
    }
    if (!activity.isType(ActivityTypes.INVOKE) || response == null) {
      return RouteAnswer.empty(200);
    }
    boolean failed = response.getStatus() >= 500 && response.getStatus() != NOT_KNOWN;
    if (failed) {
      return unanswered(turn);
    }
    return response.getBody() == null
        ? RouteAnswer.empty(response.getStatus())
        : RouteAnswer.json(
            response.getStatus(), json.serializer().writeValueAsString(response.getBody()));
  }

  /** The SDK turns every exception of an invoke into a 500: unreadable, or no answer to show. */
  private RouteAnswer unanswered(Turn turn) {
    if (!turn.isStored()) {
      return malformed();
    }
    LOG.warn("teams_invoke_unanswered");
    telemetry.count("muster_teams_turns_failed_total");
    return RouteAnswer.empty(200);
  }

  private RouteAnswer malformed() {
    telemetry.count("muster_teams_malformed_total");
    return RouteAnswer.empty(400);
  }

  private RouteAnswer refuse(Refusal why) {
    telemetry.count(
        "muster_chat_refused_total", "platform", MessageIds.PLATFORM, "reason", why.word());
    LOG.info("teams_call_refused reason={}", why.word());
    return RouteAnswer.empty(401);
  }

  private static RouteAnswer unavailable() {
    return new RouteAnswer.Bytes(503, "", new byte[0], Map.of("Retry-After", "5"));
  }
}
