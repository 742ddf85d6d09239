// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The way on which activities reach the bot. Any thread may push. */
@FunctionalInterface
public interface PushLine {

  /**
   * Delivers one activity and waits, bounded, for the answer.
   *
   * @param authorization the header that comes with it
   */
  Pushed push(ObjectNode activity, String authorization);
}
