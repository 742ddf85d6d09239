// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.AlertMessage;
import java.util.List;
import java.util.Optional;

/**
 * The table of senders whose messages are understood without configuration. The first that knows a
 * message reads it; what stands first has the marks that are hardest to mistake. Only programs are
 * believed: people who quote an alert do not state one.
 */
public final class Senders {

  private static final List<Sender> ALL =
      List.of(
          new CloudWatchMessages(),
          new PagerDutyMessages(),
          new GitLabMessages(),
          new GitHubMessages(),
          new DatadogMessages(),
          new GrafanaMessages(),
          new AlertmanagerMessages());

  private Senders() {}

  /** Returns what a program's message says; empty when no sender in the table wrote it. */
  public static Optional<Statement> read(AlertMessage message) {
    return message.fromProgram()
        ? ALL.stream().flatMap(sender -> sender.read(message).stream()).findFirst()
        : Optional.empty();
  }
}
