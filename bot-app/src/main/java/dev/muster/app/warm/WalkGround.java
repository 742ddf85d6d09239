// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.warm;

import dev.muster.access.AccessPolicy;
import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.alert.AlertRule;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.engine.Engine;
import dev.muster.engine.Platforms;
import dev.muster.engine.ReactionNames;
import dev.muster.engine.Settings;
import dev.muster.incident.Severity;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.ThrowAwayStore;
import dev.muster.telemetry.Telemetry;
import dev.muster.webhook.WebhookResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The whole core once more, over a store that is thrown away, with counters that nobody reads, a
 * platform that does nothing, and nobody outside who could be called.
 */
final class WalkGround implements AutoCloseable {

  private final InstantSource clock;
  private final ThrowAwayStore kept;
  private final QuietChat chat;
  private final Engine engine;

  /**
   * Puts it together and starts it.
   *
   * @param jdbcUrl the real store, beside which the other lies; it is not touched
   * @param others the real platforms, which are asked to rehearse and nothing else
   */
  WalkGround(String jdbcUrl, InstantSource clock, Supplier<String> ids, List<ChatPlatform> others)
      throws IOException {
    this.clock = clock;
    chat = new QuietChat(others);
    Telemetry unread = new Telemetry();
    kept = ThrowAwayStore.beside(jdbcUrl, clock, ids, unread);
    Platforms platforms = new Platforms();
    platforms.add(chat);
    engine = made(ids, platforms, unread);
    try {
      engine.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Engine made(Supplier<String> ids, Platforms platforms, Telemetry unread) {
    Settings settings = settings();
    return new Engine(
        new Engine.Parts(
            kept.store(),
            clock,
            ids,
            () -> settings,
            platforms,
            request ->
                new WebhookResult.Failed(
                    WebhookResult.Reason.NOT_CONNECTED, "Nothing is called from here."),
            unread));
  }

  private static Settings settings() {
    Settings.SeverityRule rule =
        new Settings.SeverityRule(
            Optional.of(Duration.ofMinutes(30)), Optional.of(Duration.ofMinutes(5)), "");
    Map<Severity, Settings.SeverityRule> rules =
        Arrays.stream(Severity.values())
            .collect(Collectors.toMap(Function.identity(), severity -> rule));
    AlertRule declaring =
        new AlertRule(
            Map.of(),
            List.of("alertname"),
            Optional.of(Severity.SEV2),
            "{{labels.service}}",
            AlertRule.Action.DECLARE);
    return new Settings(
        "http://localhost",
        List.of(QuietChat.NAME),
        false,
        Map.of(QuietChat.NAME, "incidents"),
        Map.of(),
        rules,
        List.of(new Settings.ServiceEntry("checkout", "shop", "", List.of())),
        List.of(),
        List.of(),
        List.of(),
        List.of(declaring),
        Map.of(),
        false,
        new AccessPolicy(AccessRules.everybody(Level.APPROVER)),
        Map.of(),
        ReactionNames.of(List.of("pushpin"), List.of("white_check_mark")),
        "");
  }

  Engine engine() {
    return engine;
  }

  QuietChat chat() {
    return chat;
  }

  SqlStore store() {
    return kept.store();
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns whether everything that can be done now is done. */
  boolean isSettled() {
    Instant now = now();
    return kept.store()
        .read(
            tx ->
                tx.inbox().backlog() == 0
                    && tx.effects().underWay() == 0
                    && tx.effects().nextDue().map(now::isBefore).orElse(true));
  }

  @Override
  public void close() throws IOException {
    try {
      engine.close();
    } finally {
      kept.close();
    }
  }
}
