// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Optional;

/**
 * What a platform tells about a person.
 *
 * @param person identity and display name
 * @param email verified address, if the platform shows it
 * @param zone IANA time zone, if known
 * @param bot whether it is a program
 * @param external whether it belongs to another company or is a guest
 * @param active false once deactivated or deleted
 */
public record Profile(
    Person person,
    Optional<String> email,
    Optional<String> zone,
    boolean bot,
    boolean external,
    boolean active) {
  /** Returns the profile of an ordinary active member. */
  public static Profile member(Person person) {
    return new Profile(person, Optional.empty(), Optional.empty(), false, false, true);
  }
}
