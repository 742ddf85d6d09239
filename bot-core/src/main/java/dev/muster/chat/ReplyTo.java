// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Instant;
import java.util.Optional;

/**
 * How to answer one person privately, while the platform's handle lasts.
 *
 * @param user who is answered
 * @param channel where they asked
 * @param handle the platform's opaque reply handle; empty when the platform has none
 * @param expiresAt when the handle ends; afterwards a direct message is used
 * @param inReplyTo the message or press that is answered, if the platform names it
 * @param thread the root of the thread they asked in; empty outside any thread
 */
public record ReplyTo(
    UserRef user,
    ChannelRef channel,
    Optional<String> handle,
    Instant expiresAt,
    Optional<String> inReplyTo,
    Optional<String> thread) {

  /** Takes what was stored before threads were kept. */
  public ReplyTo {
    thread = thread == null ? Optional.empty() : thread;
  }

  /** Answers outside any thread. */
  public ReplyTo(
      UserRef user,
      ChannelRef channel,
      Optional<String> handle,
      Instant expiresAt,
      Optional<String> inReplyTo) {
    this(user, channel, handle, expiresAt, inReplyTo, Optional.empty());
  }

  /** Returns the same answer, given in a thread. */
  public ReplyTo inThread(Optional<String> root) {
    return new ReplyTo(user, channel, handle, expiresAt, inReplyTo, root);
  }
}
