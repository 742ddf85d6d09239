// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Within;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Schedule;
import dev.muster.runbook.Runbook;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration, read, typed and checked: every name it mentions exists. Immutable.
 *
 * @param server where the program listens
 * @param store where it keeps what it knows
 * @param incidents where incidents from alerts and programs open
 * @param platforms the chat platforms by name, disabled ones included
 * @param alerts who sends alerts and what they lead to
 * @param severities what each severity asks for; all severities are there
 * @param services what can break and who owns it
 * @param oncall who is called and in which order
 * @param access who may do what
 * @param reactions which reactions mean something
 * @param outbound which addresses runbooks may call
 * @param runbooks all runbooks, in the order of their files' names
 * @param runbooksFolder where they lie; <code>${file:PATH}</code> in a runbook is relative to it
 */
public record BotConfig(
    ServerSettings server,
    Store store,
    Incidents incidents,
    Map<String, PlatformSettings> platforms,
    AlertSettings alerts,
    Map<Severity, SeverityRules> severities,
    List<ServiceEntry> services,
    OnCall oncall,
    AccessSettings access,
    ReactionSettings reactions,
    Outbound outbound,
    List<Runbook> runbooks,
    Path runbooksFolder) {

  /** The platform that is there without any account; on unless it is switched off. */
  public static final String BUILT_IN_PLATFORM = "web";

  /** Takes copies. */
  public BotConfig {
    platforms = Map.copyOf(platforms);
    severities = Map.copyOf(severities);
    services = List.copyOf(services);
    runbooks = List.copyOf(runbooks);
  }

  /** Returns the platforms that are used, by name. */
  public List<PlatformSettings> enabledPlatforms() {
    return platforms.values().stream()
        .filter(PlatformSettings::enabled)
        .sorted(Comparator.comparing(PlatformSettings::name))
        .toList();
  }

  /** Returns the platform of that name, if it is used. */
  public Optional<PlatformSettings> platform(String name) {
    return Optional.ofNullable(platforms.get(name)).filter(PlatformSettings::enabled);
  }

  /**
   * Returns the names of the platforms on which incidents from alerts and programs open: the ones
   * configured, else all enabled ones but the built-in, else the built-in alone.
   */
  public List<String> incidentPlatforms() {
    if (!incidents.platforms().isEmpty()) {
      return incidents.platforms();
    }
    List<String> enabled = enabledPlatforms().stream().map(PlatformSettings::name).toList();
    return enabled.size() == 1
        ? enabled
        : enabled.stream().filter(name -> !name.equals(BUILT_IN_PLATFORM)).toList();
  }

  /** Returns the service with this name, in any case. */
  public Optional<ServiceEntry> service(String name) {
    return services.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Returns the runbook with this name. */
  public Optional<Runbook> runbook(String name) {
    return runbooks.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * Where the program keeps what it knows.
   *
   * @param url a JDBC address; a relative file is relative to the working directory
   * @param backups which are made of it
   * @param reserveMb how many MB are kept aside for the day on which the disk is full; 0 for none
   */
  public record Store(
      @Default("jdbc:sqlite:data/muster.db") String url,
      BackupSettings backups,
      @Default("64") @Within(min = "0", max = "10000") int reserveMb) {
    private static final String SQLITE = "jdbc:sqlite:";

    /** Refuses every other database with a sentence. */
    public Store {
      if (url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException(
            "url names PostgreSQL, which is not supported yet; use jdbc:sqlite:data/muster.db");
      }
      if (!url.startsWith(SQLITE) || url.substring(SQLITE.length()).isBlank()) {
        throw new IllegalArgumentException(
            "url names a SQLite file, for example jdbc:sqlite:data/muster.db");
      }
    }
  }

  /**
   * Where incidents open.
   *
   * @param platforms for incidents from alerts and programs; empty: see {@link #incidentPlatforms}
   * @param announceChannel where incidents are announced, unless the platform says otherwise
   * @param everywhere whether what a person declares on one platform opens on those as well
   */
  public record Incidents(
      List<String> platforms,
      @Default("incidents") String announceChannel,
      @Default("false") boolean everywhere) {}

  /**
   * Something that can break.
   *
   * @param name what people and alerts call it
   * @param owner the team that owns it; may be empty
   * @param onCall the schedule that is asked for it
   * @param runbooks runbooks meant for it
   */
  public record ServiceEntry(
      String name, @Default("") String owner, Optional<String> onCall, List<String> runbooks) {}

  /**
   * Who is called.
   *
   * @param schedules who is on call when
   * @param policies who is asked in which order
   */
  public record OnCall(List<Schedule> schedules, List<EscalationPolicy> policies) {
    /** Takes copies. */
    public OnCall {
      schedules = List.copyOf(schedules);
      policies = List.copyOf(policies);
    }

    /** Returns the schedule with this name. */
    public Optional<Schedule> schedule(String name) {
      return schedules.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Returns the policy with this name. */
    public Optional<EscalationPolicy> policy(String name) {
      return policies.stream().filter(each -> each.name().equals(name)).findFirst();
    }
  }
}
