// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.UserRef;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a command names a person. Only {@link Me} and {@link Mention} are identities; the other two
 * have to be looked up, and nobody is ever guessed from them.
 */
public sealed interface PersonRef {

  /** Returns what was typed, for answers to the one who typed it. */
  String words();

  /** Applies the function for the kind of reference this is. */
  default <R> R match(
      Supplier<R> me,
      Function<Mention, R> mention,
      Function<Named, R> named,
      Function<Email, R> email) {
    if (this instanceof Mention m) {
      return mention.apply(m);
    }
    if (this instanceof Named n) {
      return named.apply(n);
    }
    return this instanceof Email e ? email.apply(e) : me.get();
  }

  /** Whoever gave the command. */
  record Me() implements PersonRef {
    @Override
    public String words() {
      return "me";
    }
  }

  /**
   * A person the platform itself identified.
   *
   * @param ref who
   */
  record Mention(UserRef ref) implements PersonRef {
    @Override
    public String words() {
      return "@" + ref.id();
    }
  }

  /**
   * A name, of a person or of a group.
   *
   * @param name as typed, without a leading {@code @}
   */
  record Named(String name) implements PersonRef {
    @Override
    public String words() {
      return name;
    }
  }

  /**
   * An e-mail address.
   *
   * @param address as typed
   */
  record Email(String address) implements PersonRef {
    @Override
    public String words() {
      return address;
    }
  }
}
