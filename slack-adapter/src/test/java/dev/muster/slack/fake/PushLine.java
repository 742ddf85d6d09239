// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

/** The way on which pushes reach the app: HTTP, or a socket. Any thread may push. */
@FunctionalInterface
public interface PushLine {

  /** Delivers one push and waits, bounded, for the answer. */
  Pushed push(Push push);
}
