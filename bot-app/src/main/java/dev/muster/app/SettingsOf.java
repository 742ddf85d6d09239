// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.access.AccessPolicy;
import dev.muster.access.Level;
import dev.muster.alert.MessageAlerts;
import dev.muster.chat.UserRef;
import dev.muster.config.BotConfig;
import dev.muster.config.PlatformSettings;
import dev.muster.config.SeverityRules;
import dev.muster.engine.ReactionNames;
import dev.muster.engine.Settings;
import dev.muster.http.alert.AlertMessagePatterns;
import dev.muster.incident.Severity;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Translates the configuration into what the engine goes by. */
final class SettingsOf {

  private SettingsOf() {}

  /**
   * Returns the engine's settings.
   *
   * @param port the port that is listened on
   * @param signedIn the level of whoever signs in
   */
  static Settings config(BotConfig config, int port, Vouched web) {
    Map<String, String> announce = new HashMap<>();
    Map<String, Set<String>> alertChannels = new HashMap<>();
    Map<String, MessageAlerts> messageAlerts = new HashMap<>();
    for (PlatformSettings platform : config.enabledPlatforms()) {
      announce.put(platform.name(), platform.announceChannel());
      alertChannels.put(platform.name(), new HashSet<>(platform.alertChannels()));
      messageAlerts.put(platform.name(), reader(platform));
    }
    return new Settings(
        config.server().publicUrl(port).toString(),
        config.incidentPlatforms(),
        config.incidents().everywhere(),
        announce,
        alertChannels,
        severities(config),
        services(config),
        config.oncall().schedules(),
        config.oncall().policies(),
        config.runbooks(),
        config.alerts().rules(),
        messageAlerts,
        config.access().linkByEmail(),
        new AccessPolicy(
            config.access().rules(),
            user -> level(config, web.signedIn(), user),
            web.namesAreBelieved()),
        config.access().groups(),
        ReactionNames.of(config.reactions().highlight(), config.reactions().done()),
        ProductVersion.current());
  }

  /** Where everybody who may respond may approve, that holds for those who sign in as well. */
  private static Optional<Level> level(
      BotConfig config, Function<UserRef, Optional<Level>> signedIn, UserRef user) {
    boolean all = config.access().everyoneApproves();
    return signedIn
        .apply(user)
        .map(level -> all && level == Level.RESPONDER ? Level.APPROVER : level);
  }

  private static MessageAlerts reader(PlatformSettings platform) {
    return platform.usualPatterns()
        ? new AlertMessagePatterns(List.of(), platform.alertPatterns())
        : new AlertMessagePatterns(platform.alertPatterns(), List.of());
  }

  private static Map<Severity, Settings.SeverityRule> severities(BotConfig config) {
    Map<Severity, Settings.SeverityRule> rules = new EnumMap<>(Severity.class);
    config
        .severities()
        .forEach(
            (severity, rule) ->
                rules.put(
                    severity,
                    new Settings.SeverityRule(
                        rule.updateEvery(), rule.ackWithin(), policyOf(rule), rule.silentAfter())));
    return rules;
  }

  private static String policyOf(SeverityRules rule) {
    return rule.policy().orElse("");
  }

  private static List<Settings.ServiceEntry> services(BotConfig config) {
    return config.services().stream()
        .map(
            service ->
                new Settings.ServiceEntry(
                    service.name(),
                    service.owner(),
                    service.onCall().orElse(""),
                    service.runbooks()))
        .toList();
  }
}
