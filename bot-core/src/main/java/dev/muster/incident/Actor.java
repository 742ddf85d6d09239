// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.Person;
import java.util.Optional;

/** Who caused a fact. */
public sealed interface Actor {

  /** Returns the stable identifier that is stored. */
  String id();

  /** Returns the name shown to people. */
  String name();

  /** Returns {@code person}, {@code alert}, {@code schedule} or {@code bot}. */
  String type();

  /** Returns the person behind the actor; empty for machines. */
  default Optional<Person> human() {
    return Optional.empty();
  }

  /**
   * A person acting on a chat platform.
   *
   * @param person who it is
   */
  record Human(Person person) implements Actor {
    @Override
    public String id() {
      return person.ref().toString();
    }

    @Override
    public String name() {
      return person.name();
    }

    @Override
    public String type() {
      return "person";
    }

    @Override
    public Optional<Person> human() {
      return Optional.of(person);
    }
  }

  /**
   * A monitoring system that sent an alert.
   *
   * @param source the source's name in the configuration
   */
  record AlertSource(String source) implements Actor {
    @Override
    public String id() {
      return "alert:" + source;
    }

    @Override
    public String name() {
      return source;
    }

    @Override
    public String type() {
      return "alert";
    }
  }

  /**
   * A timer or an on-call schedule.
   *
   * @param what which timer or schedule
   */
  record Schedule(String what) implements Actor {
    @Override
    public String id() {
      return "schedule:" + what;
    }

    @Override
    public String name() {
      return what;
    }

    @Override
    public String type() {
      return "schedule";
    }
  }

  /** The bot itself. */
  record Bot() implements Actor {
    @Override
    public String id() {
      return "bot";
    }

    @Override
    public String name() {
      return "Muster";
    }

    @Override
    public String type() {
      return "bot";
    }
  }
}
