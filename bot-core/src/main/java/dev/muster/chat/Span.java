// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Instant;

/** A piece of a {@link Phrase}. Adapters escape every piece; none carries markup. */
public sealed interface Span {

  /** Returns the piece as plain text, times in UTC. */
  String plain();

  /**
   * Plain words, shown exactly as they are.
   *
   * @param text untrusted text
   */
  record Words(String text) implements Span {
    @Override
    public String plain() {
      return text;
    }
  }

  /**
   * Words to stand out.
   *
   * @param text untrusted text
   */
  record Strong(String text) implements Span {
    @Override
    public String plain() {
      return text;
    }
  }

  /**
   * Words to be set in a fixed width.
   *
   * @param text untrusted text
   */
  record Code(String text) implements Span {
    @Override
    public String plain() {
      return text;
    }
  }

  /**
   * A person, by name and without notifying; {@link BotMessage#mentions()} notifies.
   *
   * @param person who
   */
  record Who(Person person) implements Span {
    @Override
    public String plain() {
      return "@" + person.name();
    }
  }

  /**
   * An instant, shown in the reader's zone with UTC beside it where the platform can.
   *
   * @param at the instant
   */
  record When(Instant at) implements Span {
    @Override
    public String plain() {
      return UtcText.minute(at);
    }
  }

  /**
   * A link; only http and https targets are linked, others are shown as text.
   *
   * @param label what is shown
   * @param url where it goes
   */
  record Link(String label, String url) implements Span {
    @Override
    public String plain() {
      return label.equals(url) ? url : label + " (" + url + ")";
    }
  }

  /**
   * A channel of the same platform.
   *
   * @param channel which
   * @param name its name without {@code #}
   */
  record Room(ChannelRef channel, String name) implements Span {
    @Override
    public String plain() {
      return "#" + name;
    }
  }
}
