// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.Accounts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Where people sign in, and where they read why they are not signed in. */
final class SignInPage {

  private static final Map<String, String> PROBLEMS =
      Map.of(
          "unreachable",
          "The identity provider does not answer. Whoever is signed in stays signed in. Try again"
              + " in a moment; java -jar muster.jar doctor says what is wrong.",
          "provider_refused",
          "The identity provider did not sign you in. Try again, or ask whoever runs it.",
          "bad_answer",
          "The identity provider answered in a way that cannot be trusted, so you are not signed"
              + " in. Ask an operator to run java -jar muster.jar doctor.",
          "bad_token",
          "What the identity provider sent does not hold, so you are not signed in. Try again; if"
              + " it stays so, ask an operator to compare client-id, issuer and the clock.",
          "not_begun_here",
          "This sign-in was not begun in this browser, took longer than ten minutes, or was used"
              + " before. Begin again here.",
          "not_stored",
          "You are who you say, but Muster cannot write to its store now, so you are not signed in."
              + " Ask an operator to look at the disk and at /readyz, then try again.",
          "no_role",
          "You are who you say, but none of your groups may enter Muster. Ask an admin for a role;"
              + " groups and roles stand under server.auth.oidc.roles.",
          "signed_out",
          "You are signed out of Muster in this browser.");

  private final Accounts accounts;

  SignInPage(Accounts accounts) {
    this.accounts = accounts;
  }

  RouteAnswer show(RouteRequest request) {
    String problem = request.query("problem").orElse("");
    String to = request.query("to").orElse("/");
    Optional<String> sentence = Optional.ofNullable(PROBLEMS.get(problem));
    boolean left = problem.equals("signed_out");
    Tag card = Tag.of("div", "card sign-in");
    card.add(
        Tag.of("img")
            .src("/assets/icon.svg")
            .attr("alt", "")
            .attr("width", "40")
            .attr("height", "40"));
    card.add(
        Tag.of("h1", "page-title").text(left ? "Signed out" : title(sentence)),
        Tag.of("p", left ? "muted" : "")
            .attr("role", sentence.isPresent() && !left ? "alert" : "note")
            .text(sentence.orElse("Incidents, chat and postmortems of your company.")),
        begin(to, sentence.isPresent() && !left));
    if (left && accounts.canLeaveProvider()) {
      card.add(
          Tag.of("p", "small")
              .add(
                  Tag.of("a")
                      .href("/sign-in/leave")
                      .text("Sign out of " + accounts.provider() + " as well")));
    }
    card.add(
        Tag.of("p", "small muted")
            .text("What customers may see stands on the ")
            .add(Tag.of("a").href("/status").text("status page"))
            .text("."));
    return Frame.alone("Sign in", Tag.of("main", "page page-narrow").add(card));
  }

  private static String title(Optional<String> sentence) {
    return sentence.isPresent() ? "Not signed in" : "Sign in to Muster";
  }

  private Tag begin(String to, boolean again) {
    String start = "/sign-in/start?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    String words = again ? "Try again with " : "Sign in with ";
    return Tag.of("p").add(Parts.button(start, words + accounts.provider(), "btn-primary"));
  }
}
