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
 * @param open whether names are believed without, because only this machine gets in
 */
record Vouched(Function<UserRef, Optional<Level>> signedIn, boolean open) {}
