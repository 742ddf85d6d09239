// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.chat.BotMessage.Tone;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Alarms of Amazon CloudWatch as Amazon Q Developer in chat applications (before: AWS Chatbot)
 * posts them: {@code CloudWatch Alarm | name | region | Account: number}. The state stands in a
 * field or in the reason; where it does not, the colour tells it. Name, region and account are the
 * identity.
 */
final class CloudWatchMessages implements Sender {

  private static final String NAME = "cloudwatch";
  private static final Pattern HEADING =
      Pattern.compile(
          "CloudWatch Alarm\\s*\\|\\s*([^|]{1,255}?)\\s*\\|\\s*([a-z]{2}[a-z0-9-]{3,30})"
              + "\\s*\\|\\s*Account:?\\s*([0-9]{6,14})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CONSOLE =
      Pattern.compile("^https://[a-z0-9.-]*console\\.(?:aws\\.amazon\\.com|amazonaws\\.cn)/.*");
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?:to|state:?|is)\\s+\"?(ALARM|OK|INSUFFICIENT[_ ]DATA)\\b", Pattern.CASE_INSENSITIVE);

  @Override
  public Optional<Statement> read(AlertMessage message) {
    return Parts.first(message, HEADING)
        .flatMap(heading -> status(message).map(status -> read(message, heading, status)));
  }

  /** Missing data is neither good nor bad news. */
  private static Optional<Alert.Status> status(AlertMessage message) {
    String state =
        Parts.field(message, "state")
            .or(() -> Parts.field(message, "new state"))
            .or(() -> Parts.first(message, CHANGE).map(change -> change.group(1)))
            .orElse("")
            .toUpperCase(Locale.ROOT);
    if (state.startsWith("INSUFFICIENT")) {
      return Optional.empty();
    }
    boolean good =
        state.isEmpty()
            ? message.cards().stream().anyMatch(card -> card.tone() == Tone.GOOD)
            : state.startsWith("OK");
    return Optional.of(good ? Alert.Status.RESOLVED : Alert.Status.FIRING);
  }

  private static Statement read(AlertMessage message, MatchResult heading, Alert.Status status) {
    String name = heading.group(1);
    return new Statement(
        NAME,
        NAME + " " + heading.group(3) + " " + heading.group(2) + " " + name,
        status,
        Parts.title(name, "CloudWatch alarm"),
        Parts.labels("alertname", name, "region", heading.group(2), "account", heading.group(3)),
        Map.of(),
        Parts.link(message, CONSOLE).map(MatchResult::group).orElse(""));
  }
}
