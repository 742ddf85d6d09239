// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Messages of GitHub's app about workflow runs and deployments: a card with the fields Status,
 * Commit, Workflow, and the repository in its footer, rewritten while the run goes on; below it in
 * the thread {@code Workflow PetStore #24 succeeded} (README and pictures of integrations/slack). A
 * failure fires for workflow and branch, or for the environment, until a success.
 */
final class GitHubMessages implements Sender {

  private static final String NAME = "github";
  private static final Pattern RUN = Pattern.compile("^(.{1,200}?) #[0-9]{1,12}(?: / .{1,200})?$");
  private static final Pattern SAID =
      Pattern.compile("^Workflow (.{1,200}?) #[0-9]{1,12} (succeeded|failed|was cancelled)\\b");
  private static final Pattern DEPLOYMENT = Pattern.compile("Deployment to (\\S{1,200}) by ");
  private static final Pattern BRANCH = Pattern.compile("\\(([^()]{1,250})\\)\\s*$");
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "^https://([^/\\s]{1,200})/([\\w.-]{1,100}/[\\w.-]{1,100})/(?:actions|deploy)[^\\s()]{0,500}");
  private static final Pattern FOOTER = Pattern.compile("([\\w.-]{1,100}/[\\w.-]{1,100})");

  @Override
  public Optional<Statement> read(AlertMessage message) {
    Optional<MatchResult> link = Parts.link(message, REPOSITORY);
    Optional<String> state = Parts.field(message, "status");
    Optional<String> repository =
        link.map(found -> found.group(2))
            .or(() -> inFooter(message))
            .filter(name -> isHub(message, link));
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    return state.isPresent()
        ? status(state.get()).flatMap(status -> card(message, repository.get(), status))
        : Parts.first(message, SAID)
            .filter(said -> !said.group(2).startsWith("was"))
            .map(
                said ->
                    workflow(
                        repository.get(),
                        said.group(1),
                        "",
                        said.group(2).equals("failed") ? Status.FIRING : Status.RESOLVED,
                        url(message)));
  }

  private static boolean isHub(AlertMessage message, Optional<MatchResult> link) {
    return link.filter(found -> found.group(1).contains(NAME)).isPresent()
        || Parts.link(message, Pattern.compile("^https://github\\.[a-z.]{2,60}/")).isPresent();
  }

  private static Optional<String> inFooter(AlertMessage message) {
    return message.cards().stream()
        .flatMap(card -> FOOTER.matcher(card.footer() + "\n" + card.text()).results())
        .map(MatchResult::group)
        .findFirst();
  }

  private static Optional<Status> status(String word) {
    return switch (word.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", "").strip()) {
      case "failure", "failed", "error", "timed out", "startup failure" ->
          Optional.of(Status.FIRING);
      case "success", "succeeded", "completed" -> Optional.of(Status.RESOLVED);
      default -> Optional.empty();
    };
  }

  private static Optional<Statement> card(AlertMessage message, String repository, Status status) {
    String branch =
        Parts.field(message, "commit")
            .flatMap(commit -> BRANCH.matcher(commit).results().findFirst())
            .map(found -> found.group(1))
            .orElse("");
    Optional<MatchResult> deployment = Parts.first(message, DEPLOYMENT);
    if (deployment.isPresent()) {
      return Optional.of(deployed(message, repository, deployment.get().group(1), status));
    }
    return message.cards().stream()
        .flatMap(card -> RUN.matcher(Parts.plain(card.title())).results())
        .findFirst()
        .map(run -> workflow(repository, run.group(1), branch, status, url(message)));
  }

  private static Statement deployed(
      AlertMessage message, String repository, String environment, Status status) {
    return new Statement(
        NAME,
        NAME + " " + repository + " deployment " + environment,
        status,
        Parts.title("Deployment of " + repository + " to " + environment + " failed", "Deployment"),
        Parts.labels(
            "alertname", "DeploymentFailed", "repository", repository, "environment", environment),
        Map.of(),
        url(message));
  }

  private static Statement workflow(
      String repository, String name, String branch, Status status, String url) {
    String where = branch.isEmpty() ? "" : " on " + branch;
    return new Statement(
        NAME,
        NAME + " " + repository + " " + name + where,
        status,
        Parts.title("Workflow " + name + " of " + repository + where + " failed", "Workflow"),
        Parts.labels(
            "alertname",
            "WorkflowFailed",
            "repository",
            repository,
            "workflow",
            name,
            "branch",
            branch),
        Map.of(),
        url);
  }

  private static String url(AlertMessage message) {
    return Parts.link(message, REPOSITORY).map(MatchResult::group).orElse("");
  }
}
