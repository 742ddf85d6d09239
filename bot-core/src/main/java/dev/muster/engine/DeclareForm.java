// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.command.DeclareOptions;
import dev.muster.command.Title;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The declare form as somebody filled it in.
 *
 * @param title what is broken; meaningless while there are errors
 * @param options severity, private, drill
 * @param services what is affected
 * @param commander who shall be in command
 * @param errors a sentence by field
 */
record DeclareForm(
    Title title,
    DeclareOptions options,
    List<String> services,
    Optional<UserRef> commander,
    Map<String, String> errors) {

  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("", "false", "no", "off", "0");
  private static final Pattern MENTION = Pattern.compile("<@([^:>]+):([^>]+)>");

  static DeclareForm read(Map<String, String> values) {
    Map<String, String> errors = new LinkedHashMap<>();
    String title = values.getOrDefault("title", "").strip();
    if (title.codePoints().noneMatch(Character::isLetterOrDigit)) {
      errors.put("title", "A title needs at least one letter or digit, such as “Checkout errors”.");
    } else if (title.length() > IncidentDecisions.MAX_TITLE) {
      errors.put(
          "title", "A title has at most 250 characters; this one has " + title.length() + ".");
    }
    String written = values.getOrDefault("severity", "").strip();
    Optional<Severity> severity =
        written.isEmpty() ? Optional.of(Severity.SEV3) : Severity.parse(written);
    if (severity.isEmpty()) {
      errors.put("severity", "Choose SEV1, SEV2, SEV3 or SEV4.");
    }
    String service = values.getOrDefault("service", "").strip();
    Optional<UserRef> commander = commander(values, errors);
    return new DeclareForm(
        new Title(title, Optional.empty()),
        new DeclareOptions(
            severity,
            ticked(values, "private", errors),
            ticked(values, "drill", errors),
            Optional.empty()),
        service.isEmpty() ? List.of() : List.of(service),
        commander,
        errors);
  }

  /** Returns whether a box was ticked. */
  static boolean isTicked(Map<String, String> values, String name) {
    return YES.contains(values.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT));
  }

  private static boolean ticked(
      Map<String, String> values, String name, Map<String, String> errors) {
    String written = values.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
    if (!YES.contains(written) && !NO.contains(written)) {
      errors.put(name, "Tick it or leave it: true or false.");
    }
    return isTicked(values, name);
  }

  private static Optional<UserRef> commander(
      Map<String, String> values, Map<String, String> errors) {
    String written = values.getOrDefault("commander", "").strip();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<UserRef> person = mentioned(written);
    if (person.isEmpty()) {
      errors.put("commander", "Choose a person from the list, or leave it empty for yourself.");
    }
    return person;
  }

  /** Returns the person that a field hands back; empty when it hands back none. */
  static Optional<UserRef> mentioned(String written) {
    Matcher mention = MENTION.matcher(written.strip());
    return mention.matches()
        ? Optional.of(new UserRef(mention.group(1), mention.group(2)))
        : Optional.empty();
  }
}
