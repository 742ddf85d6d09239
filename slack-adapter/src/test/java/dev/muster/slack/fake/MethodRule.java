// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.util.Set;
import java.util.TreeSet;

/**
 * What Slack's documentation says of one method before it is carried out.
 *
 * @param method its name
 * @param tier 1 to 4, {@link #SPECIAL} or {@link #POST}
 * @param changes whether it changes something
 * @param scope what must be granted; see {@link Scopes}
 * @param required arguments without which it is refused
 * @param known every argument it takes
 */
record MethodRule(
    String method,
    int tier,
    boolean changes,
    String scope,
    Set<String> required,
    Set<String> known) {

  /** Hundreds a minute. */
  static final int SPECIAL = 0;

  /** One a second per channel. */
  static final int POST = 5;

  MethodRule {
    Set<String> all = new TreeSet<>(known);
    all.addAll(required);
    known = Set.copyOf(all);
    required = Set.copyOf(required);
  }

  /** Slack: "invalid_arguments", the reason in the answer's metadata. */
  void check(Call call) {
    for (String name : required) {
      SlackError.when(call.get(name).isEmpty(), "invalid_arguments", "missing " + name);
    }
    for (String name : call.arguments().keySet()) {
      SlackError.when(!known.contains(name), "invalid_arguments", "unknown " + name);
    }
  }
}
