// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.testkit.Said;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Draws what was said as one page that needs nothing from outside, one of each kind. Pure. */
final class Gallery {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <title>What Muster shows in Slack</title>
      <style>
      body{font:15px/1.46 Lato,"Noto Sans",Arial,sans-serif;color:#1d1c1d;margin:2em auto;max-width:820px;padding:0 1em}
      h1{font-size:24px}h2{font-size:18px;margin:.2em 0 .5em}h3{margin:0 0 .6em}
      section>h2{border-top:1px solid #ddd;padding-top:1em;margin-top:2em;font-size:20px}
      article{border:1px solid #ddd;border-radius:8px;padding:.8em 1em;margin:1em 0}
      article>small{color:#616061;display:block;margin-bottom:.4em}
      p{margin:.35em 0}.fields{display:grid;grid-template-columns:1fr 1fr;gap:.5em 1em;margin:.5em 0}
      .context{color:#616061;font-size:13px}.btn{display:inline-block;border:1px solid #bbb;border-radius:4px;padding:.25em .7em;margin:.2em .2em .2em 0;font-size:14px;background:#fff}
      .primary{background:#007a5a;color:#fff;border-color:#007a5a}.danger{background:#e01e5a;color:#fff;border-color:#e01e5a}
      .modal{border:1px solid #bbb;border-radius:8px;padding:1em;max-width:480px;box-shadow:0 2px 8px #ccc}
      .foot{text-align:right}.box{border:1px solid #888;border-radius:4px;padding:.3em .5em;margin:.2em 0}
      .input{margin:.7em 0}.input small,.actions small{color:#616061}
      blockquote{border-left:4px solid #ddd;margin:.3em 0;padding-left:.8em}
      pre,code{font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace;background:#f8f8f8;border:1px solid #ddd;border-radius:4px}
      pre{padding:.6em;white-space:pre-wrap;overflow-wrap:anywhere}code{color:#c0134e;padding:0 .2em}
      a,.who{color:#1264a3;font-style:normal}u{text-decoration:none;background:#f0f0f0;border-radius:3px}
      nav{columns:2;font-size:14px;margin:1em 0}nav a{display:block;text-decoration:none;padding:.1em 0}
      details{margin-top:.6em;font-size:13px;color:#616061}
      </style></head><body>
      <h1>What Muster shows in Slack</h1>
      <p>Every message, window and home page, one of each kind, as the bot makes them in a rehearsed
      incident. Under each stands the text that screen readers and notifications get, and the JSON
      that Slack is sent. Times on grey are in the reader's own zone, here Berlin.</p>
      """;

  private static final Pattern ROOM = Pattern.compile("<i class='who'>#([A-Z0-9]+)</i>");

  private record Article(String kind, String html) {}

  private Gallery() {}

  /** Returns the page of everything that was said, in order. */
  static String page(List<Said> all) {
    Map<String, Map<String, Article>> scenes = new LinkedHashMap<>();
    Set<String> shown = new HashSet<>();
    for (Said said : all) {
      Article article = article(said);
      Map<String, Article> scene = scenes.computeIfAbsent(said.scene(), s -> new LinkedHashMap<>());
      if (shown.add(article.kind()) || scene.containsKey(article.kind())) {
        scene.put(article.kind(), article);
      }
    }
    scenes.values().removeIf(Map::isEmpty);
    StringBuilder html = new StringBuilder(HEAD).append("<nav>\n");
    scenes.keySet().forEach(scene -> html.append(link(scene)));
    html.append("</nav>\n");
    scenes.forEach(
        (scene, articles) -> {
          html.append("<section id='").append(anchor(scene)).append("'>");
          html.append("<h2>").append(Drawing.escape(scene)).append("</h2>\n");
          articles.values().forEach(article -> html.append(article.html()));
          html.append("</section>\n");
        });
    return named(html.append("</body></html>\n").toString(), all);
  }

  /** Slack shows the names of channels where it is sent their identifiers. */
  private static String named(String html, List<Said> all) {
    Map<String, String> rooms = new TreeMap<>();
    for (Said said : all) {
      said.message().facts().forEach(fact -> rooms(fact.value(), rooms));
      said.message().sections().forEach(section -> rooms(section.body(), rooms));
    }
    return ROOM.matcher(html)
        .replaceAll(found -> "<i class='who'>#" + rooms.getOrDefault(found.group(1), "?") + "</i>");
  }

  private static void rooms(Phrase phrase, Map<String, String> rooms) {
    for (Span span : phrase.spans()) {
      if (span instanceof Span.Room room) {
        rooms.put(room.channel().id(), room.name());
      }
    }
  }

  private static String link(String scene) {
    return "<a href='#" + anchor(scene) + "'>" + Drawing.escape(scene) + "</a>\n";
  }

  private static String anchor(String scene) {
    return scene.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
  }

  private static Article article(Said said) {
    String way =
        switch (said.way()) {
          case MESSAGE -> "In a channel";
          case PRIVATE -> "For one person alone";
          case FORM -> "A window to fill in";
          case NOTICE -> "A window that says one thing";
          case HOME -> "Somebody's own screen";
          case LINK -> "Under a link";
        };
    String html = "<article><small>" + way + "</small>\n" + shown(said) + "</article>\n";
    return new Article(said.kind(), html);
  }

  private static String shown(Said said) {
    Sent sent = Sent.of(said);
    String drawn = sent.isView() ? Drawing.view(sent.view()) : Drawing.blocks(sent.blocks());
    String aloud = sent.isView() ? "JSON" : sent.text().replace("\n", " ");
    return drawn
        + "\n<details><summary>"
        + aloud
        + "</summary><pre>"
        + steady(Drawing.json(sent.json()))
        + "</pre></details>\n";
  }

  /** Tokens and names made from them change with everything that happened before. */
  private static String steady(String json) {
    return json.replaceAll(
            "(\"(?:value|private_metadata)\": \")[^\"]*[A-Za-z0-9_-]{20,}[^\"]*\"", "$1…\"")
        .replaceAll("(\"block_id\": \")[a-z0-9]+\\.", "$1…");
  }
}
