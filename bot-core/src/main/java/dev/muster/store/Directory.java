// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import java.time.Instant;
import java.util.Optional;

/** People, with the age of what we know of them; within one transaction. */
public interface Directory {

  /** Remembers what a platform told about a person. */
  void remember(Profile profile, Instant now);

  /** Returns what we know of a person. */
  Optional<Known> find(UserRef user);

  /** Returns the only person of that name or identifier on a platform, in any case. */
  Optional<Known> byName(String platform, String name);

  /**
   * What we know of a person.
   *
   * @param profile what the platform told
   * @param asOf when it told so
   */
  record Known(Profile profile, Instant asOf) {}
}
