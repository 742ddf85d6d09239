// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Override;
import dev.muster.oncall.Schedule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has platforms asked who the people are whom an operator wrote down by their identifiers, so that
 * they stand in messages by their names before they have ever acted. At most daily for each.
 */
final class Introductions {

  /** More at once would hold up others, where one is looked up at a time; the rest comes next. */
  private static final int MOST = 50;

  private Introductions() {}

  /** Asks every platform that is switched on. */
  static void everywhere(Moment moment) {
    moment.settings().announceChannels().keySet().forEach(platform -> on(moment, platform));
  }

  /** Asks one platform. */
  static void on(Moment moment, String platform) {
    Settings settings = moment.settings();
    Stream<String> watching = settings.schedules().stream().flatMap(Introductions::people);
    Stream<String> asked = settings.policies().stream().flatMap(p -> people(settings, p));
    Stream.concat(watching, asked)
        .map(written -> People.configured(moment, platform, written).ref())
        .filter(person -> person.platform().equals(platform))
        .distinct()
        .filter(person -> Acquaintance.isToIntroduce(moment, person))
        .limit(MOST)
        .forEach(person -> Acquaintance.introduce(moment, person));
  }

  private static Stream<String> people(Schedule schedule) {
    return Stream.concat(
        schedule.rotation().people().stream(), schedule.overrides().stream().map(Override::person));
  }

  private static Stream<String> people(Settings settings, EscalationPolicy policy) {
    return policy.levels().stream()
        .flatMap(level -> level.targets().stream())
        .flatMap(
            target ->
                switch (target.kind()) {
                  case PERSON -> Stream.of(target.name());
                  case GROUP -> settings.groups().getOrDefault(target.name(), List.of()).stream();
                  case SCHEDULE -> Stream.empty();
                });
  }
}
