// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which permissions of a platform a capability needs beside those without which nothing works.
 *
 * @param <P> a permission
 * @param needs what is not listed needs no more
 */
public record CapabilityNeeds<P>(Map<Capability, List<P>> needs) {

  /** Keeps an unmodifiable copy. */
  public CapabilityNeeds {
    needs = Map.copyOf(needs);
  }

  /** Returns the permissions without which a capability is lost; none for what needs no more. */
  public List<P> of(Capability capability) {
    return needs.getOrDefault(capability, List.of());
  }

  /** Returns what can be done while these permissions are missing; the caller may change it. */
  public Set<Capability> without(Collection<P> missing) {
    Set<Capability> can = EnumSet.allOf(Capability.class);
    can.removeIf(capability -> !Collections.disjoint(of(capability), missing));
    return can;
  }
}
