// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a platform who people are, writes down what it said, and lets the command go on that waited
 * for it. A platform that stays silent does not keep a person waiting: after a few tries the
 * command goes on without the answer and says so.
 */
final class PersonFinder {

  private static final int TRIES = 3;

  /** Goes on with a command once its people are known. */
  interface Resumption {
    void resume(Moment moment, ChatEvent.CommandInvoked command, Lookups lookups);
  }

  private final Platforms platforms;
  private final Resumption resumption;

  PersonFinder(Platforms platforms, Resumption resumption) {
    this.platforms = platforms;
    this.resumption = resumption;
  }

  /** Returns what became of the order; blocks for as long as the platform may take. */
  Settlement find(QueuedEffect order, Effect.FindPerson e) {
    Optional<ChatPlatform> platform = platforms.find(e.platform());
    if (platform.isEmpty()) {
      return Settlement.failed("the platform " + e.platform() + " is not switched on any more");
    }
    Answers answers = new Answers();
    for (String wanted : e.wanted()) {
      answers.ask(platform.get(), wanted);
    }
    if (!answers.silent.isEmpty() && order.attempt() < TRIES) {
      return new Settlement.Later("the platform did not say who somebody is", answers.wait);
    }
    Lookups lookups = new Lookups(true, answers.people, answers.groups, answers.silent);
    return Settlement.done(
        "",
        moment -> {
          Acquaintance.keep(moment, e.platform(), lookups);
          e.resume().ifPresent(command -> resumption.resume(moment, command, lookups));
        });
  }

  /** What was said, as far as anything was. */
  private static final class Answers {
    private final Map<String, Profile> people = new HashMap<>();
    private final Map<String, List<Person>> groups = new HashMap<>();
    private final List<String> silent = new ArrayList<>();
    private Duration wait = Duration.ZERO;

    void ask(ChatPlatform platform, String wanted) {
      if (wanted.startsWith(Effect.FindPerson.GROUP)) {
        String handle = wanted.substring(Effect.FindPerson.GROUP.length());
        take(wanted, platform.findGroup(handle), members -> groups.put(handle, members));
      } else {
        take(wanted, platform.findPerson(wanted), profile -> people.put(wanted, profile));
      }
    }

    private <T> void take(String wanted, ChatOutcome<T> outcome, Consumer<T> known) {
      if (outcome instanceof ChatOutcome.Done<T> done) {
        known.accept(done.value());
      } else if (outcome instanceof ChatOutcome.RetryLater<T> later) {
        silent.add(wanted);
        wait = later.after();
      } else if (outcome instanceof ChatOutcome.Unknown<T>) {
        silent.add(wanted);
      }
    }
  }
}
