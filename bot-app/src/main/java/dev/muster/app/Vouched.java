// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.access.Level;
import dev.muster.chat.UserRef;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who vouches for people of the built-in chat.
 *
 * @param signedIn the level of whoever signs in
 * @param namesAreBelieved whether nobody signs in, so that people are who they or a program say
 */
record Vouched(Function<UserRef, Optional<Level>> signedIn, boolean namesAreBelieved) {}
