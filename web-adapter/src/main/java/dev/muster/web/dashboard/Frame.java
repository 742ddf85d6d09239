// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.http.spi.Accounts.Account;
import dev.muster.readmodel.OperatorNotices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What stands around every page: head, links to the other pages, foot. */
final class Frame {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control",
          "no-store",
          "Content-Security-Policy",
          "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
              + " frame-ancestors 'none'",
          "Referrer-Policy",
          // Not "no-referrer": with that, browsers name no origin when a form is sent.
          "same-origin",
          "X-Content-Type-Options",
          "nosniff");

  private static final List<String[]> PLACES =
      List.of(
          new String[] {"/", "Home"},
          new String[] {"/incidents", "Incidents"},
          new String[] {"/board", "Board"},
          new String[] {"/status", "Status page"},
          new String[] {"/chat", "Chat"});

  private Frame() {}

  /** Answers with a page for people who work on incidents. */
  static RouteAnswer page(int status, String title, Visit visit, Tag main) {
    Tag body =
        Tag.of("body")
            .add(Tag.of("a", "skip").href("#main").text("Skip to the content"), top(visit))
            .add(notices(visit), main.attr("id", "main"), foot(visit));
    return answer(status, title, body, false);
  }

  /** Answers with a page without links to others, that keeps itself fresh even without scripts. */
  static RouteAnswer bare(String title, Tag main) {
    Tag body = Tag.of("body").add(main.attr("id", "main"), live());
    return answer(200, title, body, true);
  }

  /** Answers with a page that stands for itself and stays as it is. */
  static RouteAnswer alone(String title, Tag main) {
    return answer(200, title, Tag.of("body").add(main.attr("id", "main")), false);
  }

  private static RouteAnswer answer(int status, String title, Tag body, boolean reload) {
    Tag head =
        Tag.of("head")
            .add(
                Tag.of("meta").attr("charset", "utf-8"),
                meta("viewport", "width=device-width, initial-scale=1"),
                meta("color-scheme", "light dark"),
                Tag.of("title").text(title + " · Muster"),
                file("icon", "/assets/icon.svg").attr("type", "image/svg+xml"),
                file("stylesheet", "/assets/muster.css"),
                file("stylesheet", "/assets/pages.css"),
                Tag.of("script").src("/assets/pages.js").attr("type", "module"));
    if (reload) {
      Tag again = Tag.of("meta").attr("http-equiv", "refresh").attr("content", "30");
      head.add(Tag.of("noscript").add(again));
    }
    StringBuilder out = new StringBuilder(16_384).append("<!doctype html>\n");
    Tag.of("html").attr("lang", "en").add(head, body).write(out);
    byte[] bytes = out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    return new RouteAnswer.Bytes(status, "text/html; charset=utf-8", bytes, HEADERS);
  }

  /** What only an operator can mend stands above everything else. */
  private static Tag notices(Visit visit) {
    Tag part = Tag.of("section", "notices").attr("id", "notices").flag("data-live");
    part.attr("aria-label", "Needs an operator");
    for (OperatorNotices.Shown notice : visit.notices()) {
      part.add(
          Tag.of("p", "notice card")
              .attr("role", "alert")
              .add(Tag.of("strong").text("Needs an operator: "))
              .add(Tag.of("span").text(notice.sentence())));
    }
    return part;
  }

  private static Tag meta(String name, String content) {
    return Tag.of("meta").attr("name", name).attr("content", content);
  }

  private static Tag file(String relation, String address) {
    return Tag.of("link").attr("rel", relation).href(address);
  }

  private static Tag top(Visit visit) {
    Tag list = Tag.of("ul");
    for (String[] place : PLACES) {
      Tag link = Tag.of("a").href(visit.links().to(place[0])).text(place[1]);
      if (visit.request().path().equals(place[0])) {
        link.attr("aria-current", "page");
      }
      list.add(Tag.of("li").add(link));
    }
    return Tag.of("header", "site")
        .add(
            Tag.of("a", "site-name")
                .href(visit.links().to("/"))
                .add(icon())
                .add(Tag.of("span").text("Muster")),
            Tag.of("nav", "site-nav").attr("aria-label", "Pages").add(list))
        .add(visit.account().map(account -> account(account, visit)));
  }

  private static Tag account(Account account, Visit visit) {
    Tag link = Tag.of("a", "site-account").href("/account").attr("title", "Your account");
    if (visit.request().path().equals("/account")) {
      link.attr("aria-current", "page");
    }
    return link.add(Parts.foreign(account.name()));
  }

  private static Tag icon() {
    return Tag.of("img")
        .src("/assets/icon.svg")
        .attr("alt", "")
        .attr("width", "24")
        .attr("height", "24");
  }

  private static Tag foot(Visit visit) {
    Tag foot = Tag.of("footer", "foot small muted").add(Tag.of("span").text("All times are UTC."));
    visit
        .links()
        .as()
        .ifPresent(
            name ->
                foot.add(Tag.of("span").text("You look as ").add(Parts.foreign(name)).text(".")));
    return foot.add(live());
  }

  /** Where the page's script says how fresh the page is. */
  private static Tag live() {
    return Tag.of("p", "live small muted").attr("id", "live").attr("role", "status").flag("hidden");
  }
}
