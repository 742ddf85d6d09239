// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.spi.Capability;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the compatibility page says of one platform beside what its adapter declares.
 *
 * @param title the head of its column
 * @param remarks a sentence for each capability the platform lacks, saying what stands in for it,
 *     and for one that it has only within limits
 * @param needs the permissions without which the platform loses a capability; empty when none
 */
public record PlatformColumn(
    String title, Map<Capability, String> remarks, Function<Capability, List<String>> needs) {
  /** Keeps an unmodifiable copy. */
  public PlatformColumn {
    remarks = Map.copyOf(remarks);
  }

  /** Creates the column of a platform that asks for no permissions. */
  public PlatformColumn(String title, Map<Capability, String> remarks) {
    this(title, remarks, capability -> List.of());
  }

  /** Returns the cells, given what the adapter declares when everything is granted. */
  Map<Capability, String> cells(Set<Capability> declared) {
    Map<Capability, String> cells = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      cells.put(
          capability, declared.contains(capability) ? ofNative(capability) : fallback(capability));
    }
    return cells;
  }

  private String ofNative(Capability capability) {
    String needed =
        needs.apply(capability).stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
    String remark = remarks.getOrDefault(capability, "");
    return "native"
        + (needed.isEmpty() ? "" : ", with " + needed)
        + (remark.isEmpty() ? "" : ". " + remark);
  }

  private String fallback(Capability capability) {
    String sentence = remarks.get(capability);
    if (sentence == null) {
      throw new AssertionError(title + " has no sentence for what stands in for " + capability);
    }
    return "fallback. " + sentence;
  }
}
