// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.testkit.Portrait;
import dev.muster.testkit.Said;
import dev.muster.testkit.Said.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What Slack shows, for its page of the gallery. */
final class Gallery implements Portrait {

  private static final String STYLE =
      """
      body{font:15px/1.46 Lato,"Noto Sans",Arial,sans-serif;color:#1d1c1d;margin:2em auto;max-width:820px;padding:0 1em}
      .fields{display:grid;grid-template-columns:1fr 1fr;gap:.5em 1em;margin:.5em 0}
      .context{color:#616061;font-size:13px}.btn{display:inline-block;border:1px solid #bbb;border-radius:4px;padding:.25em .7em;margin:.2em .2em .2em 0;font-size:14px;background:#fff}
      .primary{background:#007a5a;color:#fff;border-color:#007a5a}.danger{background:#e01e5a;color:#fff;border-color:#e01e5a}
      .modal{border:1px solid #bbb;border-radius:8px;padding:1em;max-width:480px;box-shadow:0 2px 8px #ccc}
      .foot{text-align:right}.box{border:1px solid #888;border-radius:4px;padding:.3em .5em;margin:.2em 0}
      .input{margin:.7em 0}.input small,.actions small{color:#616061}
      blockquote{border-left:4px solid #ddd;margin:.3em 0;padding-left:.8em}
      pre,code{font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace;background:#f8f8f8;border:1px solid #ddd;border-radius:4px}
      pre{padding:.6em}code{color:#c0134e;padding:0 .2em}
      a,.who{color:#1264a3;font-style:normal}u{text-decoration:none;background:#f0f0f0;border-radius:3px}
      """;

  private static final String LEAD =
      """
      Every message, window and home page, one of each kind, as the bot makes them in a rehearsed
      incident. Under each stands the text that screen readers and notifications get, and the JSON
      that Slack is sent. Times on grey are in the reader's own zone, here Berlin.\
      """;

  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();
  private static final Pattern ROOM = Pattern.compile("<i class='who'>#([A-Z0-9]+)</i>");

  private final Map<String, String> rooms = new TreeMap<>();

  /** Slack shows the names of channels where it is sent their identifiers. */
  Gallery(List<Said> all) {
    for (Said said : all) {
      said.message().facts().forEach(fact -> rooms(fact.value()));
      said.message().sections().forEach(section -> rooms(section.body()));
    }
  }

  private void rooms(Phrase phrase) {
    for (Span span : phrase.spans()) {
      if (span instanceof Span.Room room) {
        rooms.put(room.channel().id(), room.name());
      }
    }
  }

  @Override
  public Frame frame() {
    return new Frame("slack", "Slack", LEAD, STYLE);
  }

  @Override
  public Twin twin() {
    return new Twin("teams", "Teams", Set.of(Way.HOME, Way.LINK));
  }

  @Override
  public Optional<Picture> of(Said said) {
    Sent sent = Sent.of(said);
    String html = sent.isView() ? Drawing.view(sent.view()) : Drawing.blocks(sent.blocks());
    return Optional.of(new Picture(named(html), sent.text(), steady(COMPACT.toJson(sent.json()))));
  }

  private String named(String html) {
    return ROOM.matcher(html)
        .replaceAll(found -> "<i class='who'>#" + rooms.getOrDefault(found.group(1), "?") + "</i>");
  }

  /** Tokens and names made from them change with everything that happened before. */
  private static String steady(String json) {
    return json.replaceAll(
            "(\"(?:value|private_metadata)\":\")[^\"]*[A-Za-z0-9_-]{20,}[^\"]*\"", "$1…\"")
        .replaceAll("(\"block_id\":\")[a-z0-9]+\\.", "$1…");
  }
}
