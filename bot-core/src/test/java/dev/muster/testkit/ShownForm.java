// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.util.List;

/**
 * A form as it stands open for a person.
 *
 * @param token its token
 * @param title its title
 * @param fields the names of its fields, in order
 */
public record ShownForm(String token, String title, List<String> fields) {
  /** Keeps an unmodifiable copy. */
  public ShownForm {
    fields = List.copyOf(fields);
  }
}
