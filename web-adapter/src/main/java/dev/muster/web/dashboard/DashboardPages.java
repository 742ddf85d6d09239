// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.http.spi.Accounts;
import dev.muster.http.spi.PagesFactory;
import java.util.function.Function;

/**
 * The pages people read in a browser: start, list, incident, postmortem, board and public status.
 * They work without scripts; with them they keep themselves fresh.
 */
public final class DashboardPages implements PagesFactory {

  @Override
  public void contribute(Site site) {
    IncidentPage incident = new IncidentPage(site.views());
    PostmortemPage postmortem = new PostmortemPage(site.views());
    StatusPage status = new StatusPage(site.views());
    page(site, "/", new HomePage(site.views())::show);
    page(site, "/incidents", new ListPage(site.views())::show);
    page(site, "/incidents/{id}", incident::show);
    page(site, "/incidents/{id}/postmortem", postmortem::show);
    page(site, "/incidents/{id}/postmortem.md", postmortem::download);
    page(site, "/board", new BoardPage(site.views())::show);
    site.routes().route("GET", "/status", request -> status.show());
    site.routes().otherwise(handler(site, MissingPage::show));
    Assets.contribute(site.routes());
    site.accounts().ifPresent(accounts -> account(site, accounts));
  }

  private static void account(Site site, Accounts accounts) {
    AccountPage account = new AccountPage(accounts);
    site.routes().route("GET", "/sign-in", new SignInPage(accounts)::show);
    page(site, "/account", account::own);
    page(site, "/account/everybody", account::everybody);
    TokensPage tokens = new TokensPage(accounts);
    page(site, "/account/tokens", tokens::show);
    site.routes().route("POST", "/account/tokens", handler(site, tokens::make));
  }

  private static void page(Site site, String path, Function<Visit, RouteAnswer> page) {
    site.routes().route("GET", path, handler(site, page));
  }

  private static RouteHandler handler(Site site, Function<Visit, RouteAnswer> page) {
    return request ->
        page.apply(
            Visit.of(
                request,
                site.viewer().apply(request),
                site.notices().open(),
                site.accounts().flatMap(accounts -> accounts.account(request))));
  }
}
