// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Secret;
import dev.muster.config.AlertSource;
import dev.muster.config.BotConfig;
import dev.muster.config.BotConfig.ServiceEntry;
import dev.muster.config.PlatformSettings;
import dev.muster.config.ServerSettings.ApiToken;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Schedule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks that names are unique and that every name that is used is defined. */
final class NameChecks {

  private final BotConfig config;
  private final Set<String> runbooks;
  private final Problems problems;

  /**
   * Checks names.
   *
   * @param config what was read
   * @param runbooks names of all runbooks, also of those that have problems of their own
   * @param problems where problems go
   */
  NameChecks(BotConfig config, Set<String> runbooks, Problems problems) {
    this.config = config;
    this.runbooks = runbooks;
    this.problems = problems;
  }

  void run() {
    duplicates();
    services();
    severities();
    platforms();
  }

  private void duplicates() {
    List<AlertSource> sources = config.alerts().sources();
    unique("alerts.sources", "name", sources.stream().map(AlertSource::name).toList());
    unique(
        "alerts.sources",
        "token",
        sources.stream().map(AlertSource::token).map(Secret::reveal).toList());
    List<ServiceEntry> services = config.services();
    unique(
        "services",
        "name",
        services.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList());
    List<Schedule> schedules = config.oncall().schedules();
    unique("oncall.schedules", "name", schedules.stream().map(Schedule::name).toList());
    List<EscalationPolicy> policies = config.oncall().policies();
    unique("oncall.policies", "name", policies.stream().map(EscalationPolicy::name).toList());
    List<ApiToken> tokens = config.server().auth().tokens();
    unique("server.auth.tokens", "name", tokens.stream().map(ApiToken::name).toList());
    unique("server.auth.tokens", "sha256", tokens.stream().map(ApiToken::sha256).toList());
  }

  /** Reports values that stand twice in a list; blank ones are nobody's. Shows no value. */
  private void unique(String list, String key, List<String> values) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Integer first = values.get(i).isBlank() ? null : seen.putIfAbsent(values.get(i), i);
      if (first != null) {
        problems.at(
            Paths.key(Paths.item(list, i), key),
            "The " + key + " is the same as that of " + Paths.item(list, first),
            "Give each its own");
      }
    }
  }

  private void services() {
    List<String> schedules = config.oncall().schedules().stream().map(Schedule::name).toList();
    for (int i = 0; i < config.services().size(); i++) {
      String path = Paths.item("services", i);
      ServiceEntry service = config.services().get(i);
      service
          .onCall()
          .ifPresent(name -> known(Paths.key(path, "on-call"), "schedule", name, schedules));
      for (int j = 0; j < service.runbooks().size(); j++) {
        String at = Paths.item(Paths.key(path, "runbooks"), j);
        known(at, "runbook", service.runbooks().get(j), runbooks);
      }
    }
  }

  private void severities() {
    List<String> policies =
        config.oncall().policies().stream().map(EscalationPolicy::name).toList();
    config
        .severities()
        .forEach(
            (severity, rules) ->
                rules
                    .policy()
                    .ifPresent(
                        name ->
                            known("severities." + severity + ".policy", "policy", name, policies)));
  }

  private void platforms() {
    List<String> enabled = config.enabledPlatforms().stream().map(PlatformSettings::name).toList();
    if (enabled.isEmpty()) {
      problems.at(
          "platforms",
          "No platform is enabled, so there is nowhere to talk",
          "Set platforms." + BotConfig.BUILT_IN_PLATFORM + ".enabled: true");
    }
    List<String> wanted = config.incidents().platforms();
    for (int i = 0; i < wanted.size(); i++) {
      known(Paths.item("incidents.platforms", i), "enabled platform", wanted.get(i), enabled);
    }
  }

  private void known(String path, String kind, String name, Collection<String> known) {
    if (!known.contains(name)) {
      problems.at(path, "There is no " + kind + " " + name, Nearest.hint(name, known));
    }
  }
}
