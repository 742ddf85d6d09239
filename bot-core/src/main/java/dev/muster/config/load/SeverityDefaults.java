// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.config.SeverityRules;
import dev.muster.config.load.BotFile.SeverityKeys;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each severity asks for when the file does not say. */
final class SeverityDefaults {

  /** The policy that is meant where none is named, if it is defined. */
  private static final String USUAL_POLICY = "default";

  private static final SeverityKeys NOTHING =
      new SeverityKeys(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private SeverityDefaults() {}

  /** Returns rules for all severities. */
  static Map<Severity, SeverityRules> complete(
      Map<Severity, SeverityKeys> written, List<EscalationPolicy> policies) {
    boolean usual = policies.stream().anyMatch(policy -> policy.name().equals(USUAL_POLICY));
    Map<Severity, SeverityRules> rules = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      SeverityKeys keys = written.getOrDefault(severity, NOTHING);
      rules.put(
          severity,
          new SeverityRules(
              keys.updateEvery().map(DurationOrOff::value).orElse(updateEvery(severity)),
              keys.ackWithin().map(DurationOrOff::value).orElse(ackWithin(severity)),
              keys.policy().or(() -> usual ? Optional.of(USUAL_POLICY) : Optional.empty()),
              keys.silentAfter().map(DurationOrOff::value).orElse(silentAfter(severity))));
    }
    return rules;
  }

  private static Optional<Duration> updateEvery(Severity severity) {
    return switch (severity) {
      case SEV1 -> Optional.of(Duration.ofMinutes(30));
      case SEV2 -> Optional.of(Duration.ofMinutes(60));
      case SEV3 -> Optional.of(Duration.ofHours(4));
      case SEV4 -> Optional.empty();
    };
  }

  private static Optional<Duration> silentAfter(Severity severity) {
    return switch (severity) {
      case SEV1 -> Optional.of(Duration.ofMinutes(20));
      case SEV2 -> Optional.of(Duration.ofMinutes(30));
      case SEV3, SEV4 -> Optional.empty();
    };
  }

  private static Optional<Duration> ackWithin(Severity severity) {
    return switch (severity) {
      case SEV1 -> Optional.of(Duration.ofMinutes(5));
      case SEV2 -> Optional.of(Duration.ofMinutes(10));
      case SEV3, SEV4 -> Optional.empty();
    };
  }
}
