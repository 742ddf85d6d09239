// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import java.util.List;
import java.util.Objects;

/** Reads lists as the SDK maps them: absent, or with nothing where an item should be. */
final class Listed {

  private Listed() {}

  static <T> List<T> of(List<T> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }
}
