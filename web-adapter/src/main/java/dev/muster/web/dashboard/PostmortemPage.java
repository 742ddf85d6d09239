// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.IncidentId;
import dev.muster.postmortem.Postmortem;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.readmodel.IncidentViews;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The postmortem to read, draft or published, and as a Markdown file to take along. */
final class PostmortemPage {

  private final IncidentViews views;

  PostmortemPage(IncidentViews views) {
    this.views = views;
  }

  RouteAnswer show(Visit visit) {
    Optional<Optional<Postmortem>> found = find(visit);
    if (found.isEmpty()) {
      return MissingPage.show(visit);
    }
    return found
        .get()
        .map(postmortem -> page(postmortem, visit))
        .orElseGet(() -> MissingPage.undrafted(visit));
  }

  RouteAnswer download(Visit visit) {
    Optional<Optional<Postmortem>> found = find(visit);
    if (found.isEmpty()) {
      return MissingPage.show(visit);
    }
    return found.get().map(PostmortemPage::file).orElseGet(() -> MissingPage.undrafted(visit));
  }

  private Optional<Optional<Postmortem>> find(Visit visit) {
    return visit.incident().flatMap(id -> views.postmortem(id, visit.viewer()));
  }

  private static RouteAnswer file(Postmortem postmortem) {
    String name = "attachment; filename=\"" + postmortem.incident() + "-postmortem.md\"";
    return new RouteAnswer.Bytes(
        200,
        "text/markdown; charset=utf-8",
        PostmortemMarkdown.render(postmortem).getBytes(StandardCharsets.UTF_8),
        Map.of(
            "Content-Disposition", name,
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff"));
  }

  private static RouteAnswer page(Postmortem postmortem, Visit visit) {
    IncidentId id = postmortem.incident();
    Links links = visit.links();
    Tag head =
        Tag.of("header", "incident-head")
            .add(
                Tag.of("p", "board-line")
                    .add(
                        Tag.of("span", "muted").text("Postmortem of "),
                        Tag.of("a", "mono").href(links.incident(id)).text(id.toString())),
                Tag.of("h1", "page-title").add(Parts.foreign(postmortem.title())),
                state(postmortem, links),
                Tag.of("div", "card-actions")
                    .add(Parts.button(links.postmortemText(id), "Download as Markdown", "")));
    Tag main = Tag.of("main", "page page-narrow postmortem").add(head);
    postmortem.sections().forEach(part -> main.add(section(part, id, links)));
    return Frame.page(200, "Postmortem " + id, visit, main);
  }

  private static Tag state(Postmortem postmortem, Links links) {
    if (postmortem.published().isEmpty()) {
      return Tag.of("p", "muted")
          .text("Draft of ")
          .add(Parts.time(postmortem.generatedAt()))
          .text(", written from the timeline. Nothing is guessed; nobody is blamed.");
    }
    Postmortem.Publication published = postmortem.published().get();
    return Tag.of("p", "muted")
        .add(Tag.of("strong").text("Published"))
        .text(" on ")
        .add(Parts.time(published.at()))
        .text(" by " + published.by() + " ")
        .add(cite(published.entry(), postmortem.incident(), links))
        .text(published.changedSince() ? ", changed since. " : ". ")
        .text("What the timeline says is cited, what people wrote is quoted; nobody is blamed.");
  }

  private static Tag section(Postmortem.Part part, IncidentId id, Links links) {
    Tag section = Tag.of("section", "part").attr("id", part.id());
    section.add(Tag.of("h2").text(part.title()));
    part.written().ifPresent(words -> section.add(written(words, id, links)));
    Tag list = Tag.of("ul", "statements");
    part.statements().forEach(statement -> list.add(statement(statement, id, links)));
    if (!part.statements().isEmpty()) {
      section.add(list);
    }
    if (part.missing().isPresent()) {
      Tag question = Tag.of("strong").text("Open question. ");
      section.add(
          Tag.of("p", "notice notice-warning").add(question, Parts.foreign(part.missing().get())));
    } else if (part.statements().isEmpty() && part.written().isEmpty()) {
      section.add(Tag.of("p", "muted").text("Nothing open."));
    }
    return section;
  }

  private static Tag written(Postmortem.Written words, IncidentId id, Links links) {
    return Tag.of("figure", "written")
        .add(
            Tag.of("blockquote", "entry-text").add(Parts.foreign(words.text())),
            Tag.of("figcaption", "muted small")
                .text("Written by " + words.by() + " on ")
                .add(Parts.time(words.at()))
                .text(" ")
                .add(cite(words.entry(), id, links)));
  }

  private static Tag statement(Postmortem.Statement statement, IncidentId id, Links links) {
    Tag item = Tag.of("li").add(Parts.foreign(statement.text()));
    statement.entries().stream()
        .distinct()
        .forEach(seq -> item.text(" ").add(cite(seq, id, links)));
    return item;
  }

  private static Tag cite(long seq, IncidentId id, Links links) {
    return Tag.of("a", "cite num")
        .href(links.entry(id, seq))
        .attr("aria-label", "Entry " + seq + " of the timeline")
        .text("[#" + seq + "]");
  }
}
