// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import java.util.Map;
import java.util.Optional;

/** Which of our messages stands in which slot; within one transaction. */
public interface MessageSlots {

  /** Returns the message in a slot of a target. */
  Optional<MessageRef> find(String target, String slot);

  /** Remembers the message in a slot of a target. */
  void put(String target, String slot, MessageRef message);

  /** Forgets a message that is gone. */
  void remove(String target, String slot);

  /** Returns the messages of a target by their slots, of those that begin so. */
  Map<String, MessageRef> beginning(String target, String prefix);

  /** Forgets every message of a target. */
  void removeAll(String target);

  /** Follows a channel whose identifier changed; the messages in it keep theirs. */
  void moved(ChannelRef from, ChannelRef to);
}
