// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How many connections there may be. */
class CrowdTest {

  @Test
  void most_leavesHandlesForEverythingElse_andHasAnEnd() {
    assertEquals(1024 - 100 - Crowd.KEPT_BACK, Crowd.most(1024, 100));
    assertEquals(16, Crowd.most(128, 120));
    assertEquals(8_192, Crowd.most(1_048_576, 100));
    assertEquals(8_192, Crowd.most(Long.MAX_VALUE, 100));
  }
}
