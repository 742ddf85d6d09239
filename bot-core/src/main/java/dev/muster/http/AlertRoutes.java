// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.chat.spi.Secret;
import dev.muster.config.AlertSource;
import dev.muster.engine.AlertReceipt;
import dev.muster.engine.Engine;
import dev.muster.engine.PushedAlerts;
import dev.muster.http.alert.AlertBody;
import dev.muster.http.alert.AlertDecoder;
import dev.muster.http.alert.AlertmanagerDecoder;
import dev.muster.http.alert.GenericJsonDecoder;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.signin.ApiToken;
import dev.muster.signin.ApiTokens;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes alerts at {@code /alerts/{source}}: verify, decode, store, answer. Nothing else. While
 * there is no store they are kept aside, if the configuration alone tells that their sender is one.
 */
final class AlertRoutes {

  /** Compared with what is presented for a source that is none; it opens nothing. */
  private static final Secret NOBODYS = Secret.of("a token of nobody, as long as others are");

  private static final String ONE_ANSWER =
      "This source is unknown, or its token is wrong. Sources and tokens stand under"
          + " alerts.sources.";

  private final Engine engine;
  private final Supplier<List<AlertSource>> sources;
  private final InstantSource clock;
  private final Telemetry telemetry;
  private final Callers callers;
  private final AlertDecoder alertmanager = new AlertmanagerDecoder();
  private final ApiTokens tokens;
  private final AlertsAside aside;

  AlertRoutes(
      Engine engine,
      Supplier<List<AlertSource>> sources,
      InstantSource clock,
      Telemetry telemetry,
      Callers callers,
      ApiTokens tokens,
      AlertsAside aside) {
    this.engine = engine;
    this.sources = sources;
    this.clock = clock;
    this.telemetry = telemetry;
    this.callers = callers;
    this.tokens = tokens;
    this.aside = aside;
  }

  void contribute(Routes routes) {
    routes.route("POST", "/alerts/{source}", this::take);
  }

  private RouteAnswer take(RouteRequest request) throws IOException {
    String name = request.pathPart("source");
    Optional<AlertSource> source = source(name);
    if (!mayCall(request, source)) {
      if (aside.hasBegun() && ApiTokens.isLikeMade(given(request))) {
        return Answers.comeAgain(
            "cannot_check", "Without its store Muster cannot check this token. Please come again.");
      }
      telemetry.count("muster_alerts_refused_total", "reason", "unauthorized");
      return Answers.problem(401, "unauthorized", ONE_ANSWER);
    }
    Optional<byte[]> body = request.body(JavalinRequest.MAX_BODY);
    if (body.isEmpty()) {
      telemetry.count("muster_alerts_refused_total", "reason", "too_large");
      return Answers.problem(413, "too_large", "A body has at most 5 MiB.");
    }
    AlertBody decoded = decoder(source.get()).decode(name, body.get(), clock.instant());
    if (decoded instanceof AlertBody.Refused refused) {
      telemetry.count(
          "muster_alerts_refused_total",
          "reason",
          refused.problem().name().toLowerCase(Locale.ROOT));
      return Answers.problem(
          refused.problem().status(),
          refused.problem().name().toLowerCase(Locale.ROOT),
          refused.sentence());
    }
    return store(source.get(), body.get(), (AlertBody.Decoded) decoded);
  }

  /** Looks at all of them, whichever it is. */
  private Optional<AlertSource> source(String name) {
    AlertSource found = null;
    for (AlertSource each : sources.get()) {
      found = each.name().equals(name) ? each : found;
    }
    return Optional.ofNullable(found);
  }

  /** Refusing takes the same work whether there is such a source or not: time tells nobody. */
  private boolean mayCall(RouteRequest request, Optional<AlertSource> source) {
    String given = given(request);
    Optional<Secret> wanted = source.map(AlertSource::token).filter(token -> !token.isBlank());
    boolean same =
        MessageDigest.isEqual(
            Gatekeeper.sha256(given), Gatekeeper.sha256(wanted.orElse(NOBODYS).reveal()));
    boolean near = callers.isLoopback(request);
    boolean configured = wanted.isPresent() ? same : source.isPresent() && near;
    return configured || !aside.hasBegun() && isMadeFor(source, given);
  }

  private static String given(RouteRequest request) {
    String header = request.header("Authorization").orElse("");
    return header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip()
        : request.query("token").orElse("");
  }

  private boolean isMadeFor(Optional<AlertSource> source, String given) {
    Optional<String> made = tokens.find(given).flatMap(ApiToken::source);
    return source.isPresent() && made.filter(source.get().name()::equals).isPresent();
  }

  private AlertDecoder decoder(AlertSource source) {
    return source.kind() == AlertSource.Kind.ALERTMANAGER ? alertmanager : freshDecoder(source);
  }

  /** Returns a decoder that has seen nothing yet. */
  static AlertDecoder freshDecoder(AlertSource source) {
    return source.kind() == AlertSource.Kind.ALERTMANAGER
        ? new AlertmanagerDecoder()
        : new GenericJsonDecoder(source);
  }

  private RouteAnswer store(AlertSource source, byte[] body, AlertBody.Decoded decoded) {
    String hash = HexFormat.of().formatHex(hash(body));
    if (!aside.hasBegun()) {
      AlertReceipt receipt =
          engine.acceptAlerts(
              new PushedAlerts(
                  source.name(),
                  decoded.fresh(),
                  decoded.unseen(),
                  hash,
                  decoded.alerts(),
                  decoded.omitted(),
                  Optional.empty()));
      if (receipt instanceof AlertReceipt.Stored stored) {
        return accepted(stored);
      }
      decoder(source).forget();
    }
    return aside
        .keep(source.name(), hash, body)
        .map(delivery -> new AlertReceipt.Stored(delivery, decoded.alerts().size(), false))
        .map(AlertRoutes::accepted)
        .orElseGet(Answers::comeAgain);
  }

  private static RouteAnswer accepted(AlertReceipt.Stored stored) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("delivery", stored.delivery());
    out.put("alerts", stored.alerts());
    out.put("duplicate", stored.duplicate());
    return Answers.json(202, out);
  }

  private static byte[] hash(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
