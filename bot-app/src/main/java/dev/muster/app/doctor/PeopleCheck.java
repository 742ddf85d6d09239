// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.config.AccessSettings;
import dev.muster.config.BotConfig;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Override;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/**
 * Asks a chat platform whether it knows everybody whom the configuration names there. Whoever is
 * written wrongly is found out otherwise only when nobody answers a call.
 */
final class PeopleCheck {

  /** One call each: more would hold the examination up. */
  private static final int MOST = 50;

  private PeopleCheck() {}

  /** Returns who cannot be called on a platform, and that not all were asked. */
  static List<Finding> look(BotConfig config, ChatPlatform platform, ExecutorService executor) {
    List<String> people = people(config, platform.name());
    List<String> unknown = Collections.synchronizedList(new ArrayList<>());
    Optional<Boolean> asked =
        Question.ask(
            executor,
            () -> {
              people.stream()
                  .limit(MOST)
                  .forEach(id -> unknown(platform, id).ifPresent(unknown::add));
              return people.size() <= MOST;
            });
    boolean all = asked.orElse(false);
    List<String> named = List.copyOf(unknown);
    List<Finding> findings = new ArrayList<>();
    if (!named.isEmpty()) {
      findings.add(finding(platform.name(), named));
    }
    if (!all) {
      findings.add(
          Finding.note(
              platform.name(), "Not everybody whom the configuration names there was looked up."));
    }
    return findings;
  }

  private static Finding finding(String platform, List<String> unknown) {
    String all = String.join(", ", unknown);
    return Finding.note(
        platform,
        "The configuration names "
            + all
            + ". Calls to "
            + (unknown.size() == 1 ? "this person" : "these people")
            + " reach nobody. Write "
            + platform
            + ": and the id that a person has on the platform; its guide says where to find it.");
  }

  /** Whoever is found by an address only is not called by it: an identity is an id. */
  private static Optional<String> unknown(ChatPlatform platform, String written) {
    ChatOutcome<Profile> found = platform.findPerson(written);
    if (!(found instanceof ChatOutcome.Done<Profile> done)) {
      return Optional.of(written).filter(id -> found.refusedFor(ChatOutcome.Cause.OTHER));
    }
    UserRef who = done.value().person().ref();
    if (!done.value().active()) {
      return Optional.of(written + " (deactivated)");
    }
    return who.id().equals(written)
        ? Optional.empty()
        : Optional.of(written + " (write " + who + ")");
  }

  /** Whoever is named without a platform is called on the one where the incident lives. */
  private static List<String> people(BotConfig config, String platform) {
    boolean builtIn = platform.equals(BotConfig.BUILT_IN_PLATFORM);
    if (builtIn) {
      return List.of();
    }
    String prefix = platform + ":";
    boolean opens = config.incidentPlatforms().contains(platform);
    Stream<String> called =
        called(config).filter(id -> id.startsWith(prefix) || opens && id.indexOf(':') < 0);
    Stream<String> deciding = deciding(config.access()).filter(id -> id.startsWith(prefix));
    return Stream.concat(called, deciding)
        .map(id -> id.startsWith(prefix) ? id.substring(prefix.length()) : id)
        .distinct()
        .toList();
  }

  private static Stream<String> deciding(AccessSettings access) {
    return Stream.of(access.responders(), access.approvers(), access.admins())
        .flatMap(list -> access.people(list).stream());
  }

  private static Stream<String> called(BotConfig config) {
    Stream<String> watching = config.oncall().schedules().stream().flatMap(PeopleCheck::people);
    Stream<String> asked =
        config.oncall().policies().stream()
            .map(EscalationPolicy::levels)
            .flatMap(List::stream)
            .flatMap(level -> level.targets().stream())
            .flatMap(target -> people(config.access(), target));
    return Stream.concat(watching, asked);
  }

  private static Stream<String> people(Schedule schedule) {
    return Stream.concat(
        schedule.rotation().people().stream(), schedule.overrides().stream().map(Override::person));
  }

  private static Stream<String> people(AccessSettings access, Target target) {
    return switch (target.kind()) {
      case PERSON -> Stream.of(target.name());
      case GROUP -> access.groups().getOrDefault(target.name(), List.of()).stream();
      case SCHEDULE -> Stream.empty();
    };
  }
}
