// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.nio.ByteBuffer;

/** Makes the requests of a load, one after another. One thread. */
@FunctionalInterface
public interface Shots {

  /** Writes the next whole HTTP/1.1 request into an empty buffer. */
  void next(ByteBuffer into);
}
