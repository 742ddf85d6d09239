// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.http.spi.Accounts;
import dev.muster.http.spi.Accounts.Account;
import dev.muster.http.spi.Accounts.Session;
import java.util.List;

/** Who one is here, where one is signed in, and the way out; for admins everybody's sessions. */
final class AccountPage {

  private final Accounts accounts;

  AccountPage(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The page of whoever asks. */
  RouteAnswer own(Visit visit) {
    if (visit.account().isEmpty()) {
      return MissingPage.show(visit);
    }
    Account account = visit.account().get();
    Tag main = Tag.of("main", "page account");
    main.add(Tag.of("h1", "page-title").text("Your account"));
    if (visit.query("problem").equals("not_allowed")) {
      main.add(
          Tag.of("p", "notice notice-warning card")
              .attr("role", "alert")
              .text("That page is for admins. Your role is " + account.role() + "."));
    }
    main.add(facts(account), ways(account));
    main.add(
        Tag.of("h2").text("Where you are signed in"),
        table(accounts.own(visit.request()), account, "/account/sessions/end", false),
        Form.post("/sign-out", account)
            .hidden("everywhere", "yes")
            .button("Sign out everywhere", "btn-danger"));
    return Frame.page(200, "Your account", visit, main);
  }

  private static Tag facts(Account account) {
    return Tag.of("dl", "facts")
        .add(
            Parts.fact("Name", Parts.foreign(account.name())),
            Parts.fact("Role", Tag.of("span").text(Parts.capital(account.role()))),
            Parts.fact("Signed in until", Parts.time(account.ends())));
  }

  private static Tag ways(Account account) {
    Tag row = Tag.of("div", "account-ways");
    row.add(Form.post("/sign-out", account).button("Sign out here", ""));
    if (account.admin()) {
      row.add(Parts.button("/account/everybody", "Everybody's sessions", ""));
      row.add(Parts.button("/account/tokens", "Tokens of programs", ""));
    }
    return row;
  }

  /** The page of admins. */
  RouteAnswer everybody(Visit visit) {
    if (visit.account().filter(Account::admin).isEmpty()) {
      return MissingPage.show(visit);
    }
    Tag main = Tag.of("main", "page account");
    main.add(
        Tag.of("h1", "page-title").text("Everybody's sessions"),
        Tag.of("p", "muted")
            .text("Ending a session signs that browser out at once, whatever it shows."),
        table(
            accounts.everybody(visit.request()),
            visit.account().get(),
            "/account/everybody/end",
            true));
    return Frame.page(200, "Everybody's sessions", visit, main);
  }

  private static Tag table(List<Session> sessions, Account account, String end, boolean names) {
    Tag head = Tag.of("tr");
    if (names) {
      head.add(heading("Who"), heading("Role"));
    }
    head.add(heading("Browser"), heading("End it"), heading("Last used"), heading("Signed in"));
    Tag body = Tag.of("tbody");
    sessions.forEach(session -> body.add(row(session, account, end, names)));
    Tag table = Tag.of("table", "table").add(Tag.of("thead").add(head), body);
    return Tag.of("div", "table-wrap").add(table);
  }

  private static Tag heading(String text) {
    return Tag.of("th").attr("scope", "col").text(text);
  }

  private static Tag row(Session session, Account account, String end, boolean names) {
    Tag row = Tag.of("tr");
    if (names) {
      row.add(Tag.of("td").add(Parts.foreign(session.name())));
      row.add(Tag.of("td").text(Parts.capital(session.role())));
    }
    Tag browser = Tag.of("td").add(Parts.foreign(Browsers.words(session.browser())));
    if (session.here()) {
      browser.text(" ").add(Parts.chip("this one"));
    }
    String label = "End the session of " + session.name() + " in this browser";
    Tag form =
        Form.post(end, account)
            .hidden("id", session.id())
            .button(session.here() ? "Sign out" : "End", "btn-small");
    return row.add(
        browser,
        Tag.of("td").attr("aria-label", label).add(form),
        Tag.of("td").add(Parts.since(session.seen())),
        Tag.of("td").add(Parts.since(session.began())));
  }
}
