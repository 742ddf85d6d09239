// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import java.io.IOException;

/** A body did not come in the time that a sender has for it. */
final class SlowSender extends IOException {
  private static final long serialVersionUID = 1L;

  SlowSender() {
    super("the body did not come in time");
  }
}
