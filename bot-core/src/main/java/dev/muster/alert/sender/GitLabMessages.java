// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Notifications of GitLab about pipelines, alerts, issues and incidents, known by their links and
 * their sentences (app/models/integrations/chat_message of gitlab). A failed pipeline fires for its
 * branch until one on the same branch passes; an issue fires until it is closed.
 */
final class GitLabMessages implements Sender {

  private static final String NAME = "gitlab";
  private static final Pattern LINK =
      Pattern.compile(
          "^(https?://[^/\\s]{1,300}/[^\\s?#]{1,500}?)"
              + "/-/(pipelines|alert_management|issues|work_items)/([0-9]{1,15})");
  private static final Pattern PIPELINE =
      Pattern.compile("Pipeline #?[0-9]{1,15}\\b.*?\\bhas (failed|passed)\\b");
  private static final Pattern OF_REF = Pattern.compile(" of (?:branch|tag) (\\S{1,250}) by ");
  private static final Pattern ISSUE =
      Pattern.compile(
          "(?:^|\\] )(?:Issue|Incident|Ticket|Task) (#[0-9]{1,15} .{1,400}?) "
              + "(opened|reopened|closed) by ",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Optional<Statement> read(AlertMessage message) {
    return Parts.link(message, LINK)
        .flatMap(
            link ->
                switch (link.group(2)) {
                  case "pipelines" -> pipeline(message, link);
                  case "alert_management" -> alert(message, link);
                  default -> issue(message, link);
                });
  }

  private static String project(MatchResult link) {
    return link.group(1).replaceFirst("^https?://[^/]+/", "");
  }

  private static Optional<Statement> pipeline(AlertMessage message, MatchResult link) {
    return Parts.first(message, PIPELINE)
        .map(
            said -> {
              String ref =
                  Parts.field(message, "branch")
                      .or(() -> Parts.field(message, "tag"))
                      .or(() -> Parts.first(message, OF_REF).map(found -> found.group(1)))
                      .orElse("");
              String project = project(link);
              boolean failed = said.group(1).equals("failed");
              return statement(
                  link,
                  "pipeline " + ref,
                  failed ? Status.FIRING : Status.RESOLVED,
                  "Pipeline of " + project + (ref.isEmpty() ? "" : " on " + ref) + " failed",
                  Parts.labels("alertname", "PipelineFailed", "project", project, "ref", ref));
            });
  }

  private static Optional<Statement> alert(AlertMessage message, MatchResult link) {
    String state = Parts.field(message, "status").orElse("").toLowerCase(Locale.ROOT);
    String title =
        message.cards().stream()
            .map(card -> Parts.plain(card.title()))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("Alert " + link.group(3));
    return state.equals("ignored")
        ? Optional.empty()
        : Optional.of(
            statement(
                link,
                "alert " + link.group(3),
                state.equals("resolved") ? Status.RESOLVED : Status.FIRING,
                title,
                Parts.labels(
                    "alertname",
                    title,
                    "project",
                    project(link),
                    "severity",
                    Parts.field(message, "severity").orElse("").toLowerCase(Locale.ROOT))));
  }

  private static Optional<Statement> issue(AlertMessage message, MatchResult link) {
    return Parts.first(message, ISSUE)
        .map(
            said ->
                statement(
                    link,
                    "issue " + link.group(3),
                    said.group(2).equalsIgnoreCase("closed") ? Status.RESOLVED : Status.FIRING,
                    said.group(1),
                    Parts.labels("alertname", said.group(1), "project", project(link))));
  }

  private static Statement statement(
      MatchResult link,
      String about,
      Alert.Status status,
      String title,
      Map<String, String> labels) {
    return new Statement(
        NAME,
        NAME + " " + link.group(1) + " " + about,
        status,
        Parts.title(title, "Alert from GitLab"),
        labels,
        Map.of(),
        link.group());
  }
}
