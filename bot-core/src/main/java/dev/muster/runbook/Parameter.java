// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value that the person who starts a runbook gives.
 *
 * @param name what stands before the equals sign and in templates; begins with a letter
 * @param required whether the runbook cannot start without it
 * @param choices the only values allowed; null or empty means any text
 */
public record Parameter(String name, boolean required, List<String> choices) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  /** Refuses bad names and blank choices. */
  public Parameter {
    choices = choices == null ? List.of() : List.copyOf(choices);
    Runbook.require(
        name != null && NAME.matcher(name).matches(),
        "a parameter's name begins with a letter and has letters, digits, '-' and '_', for"
            + " example version, not "
            + name);
    Runbook.require(
        !name.equals("incident") && !name.equals("steps"),
        "a parameter cannot be called " + name + ", that word is taken in templates");
    Runbook.require(
        choices.stream().noneMatch(String::isBlank),
        "parameter " + name + " has an empty choice; remove it");
  }
}
