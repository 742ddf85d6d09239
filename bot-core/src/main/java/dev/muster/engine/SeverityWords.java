// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Form;
import dev.muster.incident.Severity;
import java.util.Arrays;
import java.util.List;

/** What each severity means, in the words of forms. */
final class SeverityWords {

  private SeverityWords() {}

  /** Returns the choices of a form, worst first. */
  static List<Form.Option> options() {
    return Arrays.stream(Severity.values())
        .map(severity -> new Form.Option(severity.name(), severity + " – " + meaning(severity)))
        .toList();
  }

  private static String meaning(Severity severity) {
    return switch (severity) {
      case SEV1 -> "customers cannot use the product";
      case SEV2 -> "an important part does not work";
      case SEV3 -> "degraded, there is a way around";
      case SEV4 -> "no effect on customers yet";
    };
  }
}
