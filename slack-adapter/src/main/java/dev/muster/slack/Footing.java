// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.AlertChannel;
import dev.muster.chat.spi.Elapsed;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.PermissionNotices;
import dev.muster.chat.spi.PermissionNotices.Missing;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.client.ErrorClass;
import dev.muster.slack.client.Failure;
import dev.muster.slack.client.Grants;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the bot stands with its workspace: whether Slack takes its token, and which permissions that
 * has. Tells operators what they have to mend, and that they have. Thread-safe.
 */
final class Footing {

  /** While something is wrong, Slack is asked this often whether it still is. */
  static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

  private static final String MEND =
      " Add what is missing on the app's page \"OAuth & Permissions\" and install the app again;"
          + " Muster uses it from then on, without a restart. What each permission is for:"
          + " docs/slack.md#what-each-permission-is-for.";

  private static final Logger LOG = LoggerFactory.getLogger(Footing.class);

  private final Supplier<Secret> token;
  private final Identity identity;
  private final Grants grants;
  private final OperatorNotices notices;
  private final PermissionNotices permissions;
  private final InstantSource clock;
  private Secret askedWith = Secret.blank();
  private Instant asked = Instant.MIN;
  private Optional<Set<Scope>> seen = Optional.empty();

  /**
   * What this is made of.
   *
   * @param token the bot token in force; an operator may put in a new one
   * @param identity asks Slack who we are
   * @param grants what Slack said is granted
   * @param notices tells operators
   */
  record Parts(Supplier<Secret> token, Identity identity, Grants grants, OperatorNotices notices) {}

  Footing(Parts parts, InstantSource clock) {
    this.token = parts.token();
    this.identity = parts.identity();
    this.grants = parts.grants();
    this.notices = parts.notices();
    this.permissions = new PermissionNotices(notices, "Slack", Footing::mend);
    this.clock = clock;
  }

  /** Asks Slack who we are when that is due; returns what kept it from answering. */
  synchronized Optional<Failure> askWhenInDoubt() {
    return isInDoubt() ? ask() : Optional.empty();
  }

  /** In doubt while the token is new, nobody knows who we are, or something is wrong. */
  private boolean isInDoubt() {
    if (!token.get().equals(askedWith)) {
      return true;
    }
    boolean wrong =
        identity.ifKnown().isEmpty()
            || !grants.missing().isEmpty()
            || !notices.open(ChatEvent.OperatorNotice.CREDENTIALS).isEmpty();
    return wrong && Elapsed.isOver(asked, ASKED_AGAIN, clock.instant());
  }

  private Optional<Failure> ask() {
    asked = clock.instant();
    askedWith = token.get();
    Optional<Failure> failure = identity.ask().failure();
    if (failure.isEmpty()) {
      notices.over(ChatEvent.OperatorNotice.CREDENTIALS, "Slack knows the bot again.");
    } else if (failure.get().kind() == ErrorClass.AUTH_DEAD) {
      notices.tell(ChatEvent.OperatorNotice.CREDENTIALS, failure.get().finding());
    }
    failure.ifPresent(Footing::log);
    return failure;
  }

  private static void log(Failure failure) {
    LOG.atWarn()
        .addKeyValue("method", failure.method())
        .addKeyValue("code", failure.code())
        .log("slack_not_reached");
  }

  /** Returns whether other permissions are missing than when this was last asked. */
  synchronized boolean hasChanged() {
    Optional<Set<Scope>> missing = Optional.of(Set.copyOf(grants.missing()));
    boolean changed = !missing.equals(seen);
    seen = missing;
    return changed;
  }

  /** Tells of permissions that are missing, and that they are there again. */
  synchronized void tellOfScopes() {
    permissions.tell(
        grants.missing().stream()
            .map(scope -> new Missing(scope.word(), scope.need() == Scope.Need.ALWAYS))
            .toList());
  }

  private static String mend(List<String> missing) {
    return missing.stream()
            .flatMap(word -> Scope.of(word).stream())
            .map(Scope::lost)
            .collect(Collectors.joining(" "))
        + MEND;
  }

  /** Tells of alert channels that cannot be read, and that they can be again. */
  void tellOf(Optional<List<AlertChannel>> channels) {
    AlertChannel.tell(channels.orElse(List.of()), notices);
  }
}
