// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import dev.muster.teams.client.Json;
import dev.muster.testkit.GalleryPage;
import dev.muster.testkit.Portrait;
import dev.muster.testkit.Said;
import dev.muster.testkit.Said.Way;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** What Teams shows, for its page of the gallery. */
final class Gallery implements Portrait {

  private static final String STYLE =
      """
      body{font:14px/1.43 "Segoe UI","Noto Sans",Arial,sans-serif;color:#242424;margin:2em auto;max-width:820px;padding:0 1em}
      .card>*,.card>div>*{margin:8px 0}.large{font-size:17px}.small{font-size:12px}.bolder{font-weight:600}.subtle{color:#616161}
      .mono{font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
      .in{padding:.4em .7em;border-radius:4px}.emphasis{background:#f0f0f0}.good{background:#e7f2da}.warning{background:#fdf3c8}.attention{background:#fbdde0}.accent{background:#e3ecfa}
      .red{color:#c4314b}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}dt{font-weight:600}dd{margin:0}
      .btn{display:inline-block;border:1px solid #bbb;border-radius:4px;padding:.25em .8em;margin:.2em .3em .2em 0;font-weight:600;background:#fff}
      .positive{background:#5b5fc7;color:#fff;border-color:#5b5fc7}.destructive{color:#c4314b;border-color:#c4314b}
      .unfolded{border-left:3px solid #bbb;padding-left:.8em;margin:.3em 0 .5em}
      .dialog{border:1px solid #bbb;border-radius:8px;padding:1em;max-width:520px;box-shadow:0 2px 8px #ccc}
      .foot{text-align:right}.box{border:1px solid #888;border-radius:4px;padding:.3em .5em;margin:.2em 0}.input{margin:.7em 0}
      pre{font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace;background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:.6em}
      a,.who{color:#5b5fc7;font-style:normal}u{text-decoration:none;background:#f0f0f0;border-radius:3px}
      """;

  private static final String LEAD =
      """
      Every message and dialog, one of each kind, as the bot makes them in a rehearsed incident.
      Under each stands the summary that notifications show, and the card that Teams is sent. Times
      on grey are in the reader's own zone, here Berlin. Teams gives this app no home screen and
      shows no card under a link that somebody posts; both are on Slack's page alone.\
      """;

  @Override
  public Frame frame() {
    return new Frame("teams", "Teams", LEAD, STYLE);
  }

  @Override
  public Twin twin() {
    return new Twin("slack", "Slack", Set.of());
  }

  @Override
  public Optional<Picture> of(Said said) {
    if (said.way() == Way.HOME || said.way() == Way.LINK) {
      return Optional.empty();
    }
    Sent sent = Sent.of(said);
    String json = steady(new String(Json.bytes(sent.cards().get(0)), StandardCharsets.UTF_8));
    return Optional.of(
        switch (said.way()) {
          case FORM -> new Picture(Drawing.dialog(sent.summary(), sent.cards().get(0)), "", json);
          case NOTICE -> notice(sent.cards().get(0).path("fallbackText").asText());
          default -> new Picture(message(sent), sent.summary(), json);
        });
  }

  /** A press and a dialog are answered by words; Teams makes the window. */
  private static Picture notice(String text) {
    String words = FormRenderer.notice(text);
    String json =
        new String(
            Json.bytes(Json.object().put("type", "message").put("value", words)),
            StandardCharsets.UTF_8);
    return new Picture("<div class=dialog>" + GalleryPage.escape(words) + "</div>", "", json);
  }

  /** Some people see more buttons than the card that all get. */
  private static String message(Sent sent) {
    String card = Drawing.card(sent.cards().get(0));
    return sent.cards().size() == 1
        ? card
        : card
            + "<p class='subtle small'>Who leads the incident also sees:</p>"
            + Drawing.more(sent.cards().get(1), sent.cards().get(0));
  }

  /** Tokens change with everything that happened before. */
  private static String steady(String json) {
    return json.replaceAll("(\"(?:press|form)\":\")[^\"]+\"", "$1…\"")
        .replaceAll("(\"id\":\"" + FormRenderer.FORM + ")[^\"]+\"", "$1…\"");
  }
}
