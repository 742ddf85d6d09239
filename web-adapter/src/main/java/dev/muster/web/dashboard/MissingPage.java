// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;

/** What does not exist, and, in the very same words, what the visitor may not know of. */
final class MissingPage {

  private MissingPage() {}

  static RouteAnswer show(Visit visit) {
    return of(
        visit,
        "Not found",
        "There is nothing here that you can see.",
        Parts.button(visit.links().incidents(), "Look through the incidents", "btn-primary"));
  }

  /** For an incident that the visitor may see, and that has no postmortem yet. */
  static RouteAnswer undrafted(Visit visit) {
    String incident = visit.request().path().replaceFirst("/postmortem(\\.md)?$", "");
    return of(
        visit,
        "No postmortem yet",
        "It is drafted from the timeline when the incident is closed.",
        Parts.button(visit.links().to(incident), "Back to the incident", "btn-primary"));
  }

  private static RouteAnswer of(Visit visit, String title, String sentence, Tag mend) {
    Tag empty =
        Tag.of("div", "empty")
            .add(
                Tag.of("h1", "page-title").text(title),
                Tag.of("p").text(sentence),
                Tag.of("p").add(mend));
    return Frame.page(404, title, visit, Tag.of("main", "page page-narrow").add(empty));
  }
}
