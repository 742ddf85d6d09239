// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.AlertChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Elapsed;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.PermissionNotices;
import dev.muster.chat.spi.PermissionNotices.Missing;
import dev.muster.teams.client.AppProof;
import dev.muster.teams.client.Grants;
import dev.muster.teams.client.Scope;
import dev.muster.teams.client.SignIn;
import dev.muster.teams.client.TokenRoles;
import dev.muster.teams.client.Wires;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the bot stands with its tenant: whether the sign-in service takes its credentials, and which
 * permissions it has. Tells operators what they have to mend, and that they have. Thread-safe.
 */
final class Footing {

  /** While something is wrong, Microsoft is asked this often whether it still is. */
  static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

  /** A consent takes people days; some are declined for good. */
  static final Duration CONSENT_ASKED_AGAIN = Duration.ofMinutes(5);

  /** A certificate that ends within this time is told of. */
  static final Duration SOON = Duration.ofDays(30);

  private static final String ENDING = "certificate_ends";

  private final TeamsSettings settings;
  private final Wires wires;
  private final SignIn signIn;
  private final Grants grants;
  private final OperatorNotices notices;
  private final PermissionNotices permissions;
  private final InstantSource clock;
  private AppProof askedWith;
  private Instant asked = Instant.MIN;
  private boolean known;

  Footing(
      TeamsSettings settings, Wires wires, SignIn signIn, Grants grants, OperatorNotices notices) {
    this.settings = settings;
    this.wires = wires;
    this.signIn = signIn;
    this.grants = grants;
    this.notices = notices;
    this.permissions = new PermissionNotices(notices, "Teams", Footing::mend);
    this.clock = wires.clock();
  }

  /** Looks how we stand when it is time to, and tells what is news. */
  synchronized void look() {
    if (signIn.proof().isBlank()) {
      return;
    }
    if (isInDoubt()) {
      ask();
    }
    if (known) {
      tellOfScopes();
      tellOfCertificate();
    }
  }

  private boolean isInDoubt() {
    boolean again = !signIn.proof().equals(askedWith);
    boolean dead = !known || !notices.open(ChatEvent.OperatorNotice.CREDENTIALS).isEmpty();
    Instant now = clock.instant();
    return again
        || (dead && Elapsed.isOver(asked, ASKED_AGAIN, now))
        || (!grants.missing().isEmpty() && Elapsed.isOver(asked, CONSENT_ASKED_AGAIN, now));
  }

  /** Asks for new tokens and what they may do. */
  private void ask() {
    asked = clock.instant();
    askedWith = signIn.proof();
    ChatOutcome<String> token = signIn.ask();
    if (token instanceof ChatOutcome.Done<String> done) {
      known = true;
      notices.over(ChatEvent.OperatorNotice.CREDENTIALS, "Teams knows the bot again.");
      learn(TokenRoles.of(done.value()));
    } else if (token.refusedFor(ChatOutcome.Cause.CREDENTIALS)) {
      notices.tell(ChatEvent.OperatorNotice.CREDENTIALS, Reasons.of(token));
    }
  }

  /** Asks the same and tells nobody; returns what kept us from knowing. */
  Optional<String> learn() {
    ChatOutcome<String> token = signIn.ask();
    if (token instanceof ChatOutcome.Done<String> done) {
      learn(TokenRoles.of(done.value()));
      return Optional.empty();
    }
    boolean dead = token.refusedFor(ChatOutcome.Cause.CREDENTIALS);
    String way =
        ". See that this machine reaches "
            + settings.loginUrl()
            + ", through its proxy if it has one, and ask again.";
    return Optional.of(Reasons.of(token) + (dead ? "" : way));
  }

  private void learn(Optional<Set<String>> roles) {
    roles.ifPresent(grants::ofTheTenant);
    for (String team : wires.identity().homeTeams()) {
      ChatOutcome<List<JsonNode>> listed =
          wires
              .graph()
              .then()
              .list(
                  "Reading what a team consented to",
                  wires.graph().at("teams", team, "permissionGrants").build());
      if (listed instanceof ChatOutcome.Done<List<JsonNode>> done) {
        grants.ofTheTeam(team, ours(done.value()), roles.orElse(Set.of()));
      }
    }
  }

  private Set<String> ours(List<JsonNode> all) {
    return all.stream()
        .filter(each -> each.path("clientAppId").asText("").equals(wires.identity().appId()))
        .map(each -> each.path("permission").asText(""))
        .collect(Collectors.toSet());
  }

  private void tellOfScopes() {
    permissions.tell(
        grants.missing().stream()
            .map(scope -> new Missing(scope.word(), scope.need() == Scope.Need.ALWAYS))
            .toList());
  }

  /** Tells of alert channels that cannot be read, and that they can be again. */
  void tellOf(List<AlertChannel> channels) {
    AlertChannel.tell(channels, notices);
  }

  private static String mend(List<String> missing) {
    List<Scope> scopes = missing.stream().flatMap(word -> Scope.of(word).stream()).toList();
    return Stream.concat(
                scopes.stream().map(Scope::lost), scopes.stream().map(Scope::how).distinct())
            .collect(Collectors.joining(" "))
        + " Muster uses it from then on, without a restart.";
  }

  private void tellOfCertificate() {
    Optional<String> ending = ending(signIn.proofEnds(), clock.instant());
    ending.ifPresentOrElse(
        sentence -> notices.tellOnce(ENDING, sentence),
        () -> notices.over(ENDING, "The certificate is good for a while."));
  }

  /** Returns what is to be said of a certificate that ends soon or has ended. */
  static Optional<String> ending(Optional<Instant> ends, Instant now) {
    return ends.filter(end -> end.isBefore(now.plus(SOON)))
        .map(
            end ->
                "The certificate of the app "
                    + (end.isAfter(now) ? "ends" : "ended")
                    + " on "
                    + end.toString().substring(0, 10)
                    + ". Make a new one, upload its public part on the page \"Certificates &"
                    + " secrets\" of the app's registration in Entra, put it into certificate and"
                    + " reload the configuration.");
  }
}
