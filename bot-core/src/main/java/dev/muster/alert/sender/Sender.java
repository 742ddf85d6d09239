// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.AlertMessage;
import java.util.Optional;

/** Knows the messages of one kind of monitoring system. Pure; takes time linear in the message. */
@FunctionalInterface
interface Sender {

  /** Returns what the message says; empty when it is not this sender's, or states no alert. */
  Optional<Statement> read(AlertMessage message);
}
