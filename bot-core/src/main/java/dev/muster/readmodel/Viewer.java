// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import dev.muster.chat.UserRef;
import java.util.Optional;

/**
 * Who looks. Private incidents are shown to their members alone; a viewer without a person sees
 * none.
 *
 * @param user the person, if known
 */
public record Viewer(Optional<UserRef> user) {

  /** Somebody of whom nothing is known. */
  public static final Viewer ANYBODY = new Viewer(Optional.empty());

  /** Returns a viewer who is this person. */
  public static Viewer of(UserRef user) {
    return new Viewer(Optional.of(user));
  }
}
