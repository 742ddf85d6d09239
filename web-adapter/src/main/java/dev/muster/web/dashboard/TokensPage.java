// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.http.spi.Accounts;
import dev.muster.http.spi.Accounts.Account;
import dev.muster.http.spi.Accounts.NewToken;
import dev.muster.http.spi.Accounts.Token;
import java.util.List;
import java.util.Optional;

/** Tokens of programs, for admins: which there are, a new one shown once, and revoking. */
final class TokensPage {

  private static final List<String> ROLES = List.of("viewer", "responder", "approver", "admin");

  private final Accounts accounts;

  TokensPage(Accounts accounts) {
    this.accounts = accounts;
  }

  RouteAnswer show(Visit visit) {
    return visit
        .account()
        .filter(Account::admin)
        .map(account -> page(200, visit, account, Optional.empty()))
        .orElseGet(() -> MissingPage.show(visit));
  }

  /** Makes a token and answers with the page that shows it; its address never does. */
  RouteAnswer make(Visit visit) {
    if (visit.account().filter(Account::admin).isEmpty()) {
      return MissingPage.show(visit);
    }
    NewToken made = accounts.makeToken(visit.request());
    int status = made.problem().isEmpty() ? 201 : 422;
    return page(status, visit, visit.account().get(), Optional.of(made));
  }

  private RouteAnswer page(int status, Visit visit, Account account, Optional<NewToken> made) {
    Tag main = Tag.of("main", "page account");
    main.add(
        Tag.of("h1", "page-title").text("Tokens of programs"),
        Tag.of("p", "muted")
            .text("A program sends its token as ")
            .add(Tag.of("code", "mono").text("Authorization: Bearer"))
            .text(". Only its fingerprint is kept. Tokens of bot.yaml are not listed here."));
    main.add(made.map(TokensPage::outcome));
    main.add(table(account), Tag.of("h2").text("Make a token"), form(account));
    return Frame.page(status, "Tokens", visit, main);
  }

  private static Tag outcome(NewToken made) {
    if (!made.problem().isEmpty()) {
      return Tag.of("p", "notice notice-warning card").attr("role", "alert").text(made.problem());
    }
    return Tag.of("section", "card new-token")
        .attr("role", "status")
        .add(
            Tag.of("h2").text("The token of ").add(Parts.foreign(made.name())),
            Tag.of("p").text("Copy it now. It is shown this once and can never be read again."),
            Tag.of("pre", "command")
                .attr("id", "new-token")
                .add(Tag.of("code").text(made.secret())),
            Tag.of("p")
                .add(
                    Tag.of("button", "btn")
                        .attr("type", "button")
                        .attr("data-copy", "new-token")
                        .flag("hidden")
                        .text("Copy the token")));
  }

  private Tag table(Account account) {
    List<Token> tokens = accounts.tokens();
    if (tokens.isEmpty()) {
      return Tag.of("p", "empty card").text("No token was made yet.");
    }
    Tag head = Tag.of("tr");
    for (String name : List.of("Name", "May", "Revoke", "Last used", "Holds until", "Made by")) {
      head.add(Tag.of("th").attr("scope", "col").text(name));
    }
    Tag body = Tag.of("tbody");
    tokens.forEach(token -> body.add(row(token, account)));
    Tag table = Tag.of("table", "table").add(Tag.of("thead").add(head), body);
    return Tag.of("div", "table-wrap").add(table);
  }

  private static Tag row(Token token, Account account) {
    Tag end =
        token
            .flaw()
            .map(Parts::muted)
            .orElseGet(
                () ->
                    Form.post("/account/tokens/revoke", account)
                        .hidden("id", token.id())
                        .button("Revoke", "btn-small btn-danger"));
    return Tag.of("tr")
        .add(
            Tag.of("td").add(Parts.foreign(token.name())),
            Tag.of("td").text(Parts.capital(token.may())),
            Tag.of("td").add(end),
            Tag.of("td").add(token.used().map(Parts::since).orElseGet(() -> Parts.muted("never"))),
            Tag.of("td").add(Parts.time(token.expires())),
            Tag.of("td").add(Parts.foreign(token.by())));
  }

  private Tag form(Account account) {
    Tag may = Tag.of("select").attr("id", "may").attr("name", "may");
    ROLES.forEach(role -> may.add(option(role, Parts.capital(role))));
    for (String source : accounts.alertSources()) {
      may.add(option("alerts:" + source, "Only alerts of " + source));
    }
    Tag days = Tag.of("select").attr("id", "expires").attr("name", "expires");
    for (String life : List.of("30d", "90d", "180d", "366d")) {
      Tag option = option(life, life.replace("d", " days"));
      days.add(life.equals("90d") ? option.flag("selected") : option);
    }
    Tag name =
        Tag.of("input")
            .attr("id", "name")
            .attr("name", "name")
            .attr("maxlength", "64")
            .attr("autocomplete", "off")
            .flag("required");
    return Form.post("/account/tokens", account)
        .field("name", "Whose it is, for example deployer", name)
        .field("may", "What it may do", may)
        .field("expires", "How long it holds", days)
        .button("Make the token", "btn-primary")
        .attr("class", "card token-form");
  }

  private static Tag option(String value, String text) {
    return Tag.of("option").attr("value", value).text(text);
  }
}
