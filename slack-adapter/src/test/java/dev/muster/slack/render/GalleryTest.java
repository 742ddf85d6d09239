// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import dev.muster.chat.BotMessage;
import dev.muster.slack.client.FormVerbs;
import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Draws every message, window and home page of the product as Slack would roughly show it, one of
 * each kind, in the order of a {@link Rehearsal}. The page lies in {@code target/} after each run;
 * {@code docs/gallery/slack.html} is a committed copy of one run, which {@code
 * -Dmuster.golden=write} writes anew.
 */
class GalleryTest {

  private static final Gson GSON = GsonFactory.createSnakeCase();
  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final Path KEPT = ROOT.resolve("docs/gallery/slack.html");
  private static final Pattern ARTICLE =
      Pattern.compile("<article data-kind='([^']*)'>.*?</article>\\n", Pattern.DOTALL);
  private static final String NAMES = "[A-Za-z0-9_-]{20,}";

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
      details{margin-top:.6em;font-size:13px;color:#616061}
      </style></head><body>
      <h1>What Muster shows in Slack</h1>
      <p>Every message, window and home page, one of each kind, as the bot makes them in a rehearsed
      incident. Under each stands the text that screen readers and notifications get, and the JSON
      that Slack is sent. Times are marked; Slack shows them in the reader's own zone.</p>
      """;

  @TempDir private Path folder;

  /** What only stands there until the next edit; a fast machine merges it with what follows. */
  private static final Pattern PASSING = Pattern.compile("about to run|is running");

  private record Article(String scene, String kind, String html) {}

  @Test
  void gallery_showsWhatTheBotShowsNow() throws IOException {
    List<Said> said = Rehearsal.typical("slack", folder);
    String page = page(said);
    Path target = Path.of("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("gallery-slack.html"), page);
    assertFalse(page.contains("src="), "a page of its own needs nothing from outside");
    if ("write".equals(System.getProperty("muster.golden"))) {
      Files.createDirectories(KEPT.getParent());
      Files.writeString(KEPT, page);
    }
    String kept = Files.readString(KEPT);
    assertTrue(ARTICLE.matcher(kept).results().count() >= 100, "the kept page lacks kinds");
  }

  private static String page(List<Said> all) {
    Map<String, Map<String, Article>> scenes = new LinkedHashMap<>();
    Set<String> shown = new HashSet<>();
    for (Said said : all) {
      Article article = article(said);
      Map<String, Article> scene = scenes.computeIfAbsent(said.scene(), s -> new TreeMap<>());
      if (shown.add(article.kind()) || scene.containsKey(article.kind())) {
        scene.put(article.kind(), article);
      }
    }
    StringBuilder html = new StringBuilder(HEAD);
    scenes.values().removeIf(Map::isEmpty);
    scenes.forEach(
        (scene, articles) -> {
          html.append("<section><h2>").append(Drawing.escape(scene)).append("</h2>\n");
          articles.values().forEach(article -> html.append(article.html()));
          html.append("</section>\n");
        });
    return html.append("</body></html>\n").toString();
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
    boolean passing = PASSING.matcher(said.message().text()).find();
    String kind =
        Drawing.escape((passing ? "is running " : "") + said.kind())
            .replace("'", "’")
            .replaceAll("\\s+", " ");
    String html =
        "<article data-kind='"
            + kind
            + "'><small>"
            + way
            + "</small>\n"
            + shown(said)
            + "</article>\n";
    return new Article(said.scene(), kind, html);
  }

  private static String shown(Said said) {
    BotMessage message = said.message();
    if (said.form().isPresent()) {
      return view(GSON.toJsonTree(FormVerbs.render(said.form().get(), "C1")).getAsJsonObject());
    }
    if (said.way() == Said.Way.HOME) {
      return view(GSON.toJsonTree(FormVerbs.home(message)).getAsJsonObject());
    }
    if (said.way() == Said.Way.NOTICE) {
      return view(GSON.toJsonTree(FormRenderer.notice("Muster", message.text())).getAsJsonObject());
    }
    Rendered rendered = MessageRenderer.render(message);
    JsonArray blocks = GSON.toJsonTree(rendered.blocks()).getAsJsonArray();
    return Drawing.blocks(blocks)
        + "\n<details><summary>"
        + rendered.text().replace("\n", " ")
        + "</summary><pre>"
        + steady(Drawing.json(blocks))
        + "</pre></details>\n";
  }

  private static String view(JsonObject view) {
    return Drawing.view(view)
        + "\n<details><summary>JSON</summary><pre>"
        + steady(Drawing.json(view))
        + "</pre></details>\n";
  }

  /** Tokens and names made from them are other ones in each run. */
  private static String steady(String json) {
    return json.replaceAll(
            "(\"(?:value|private_metadata)\": \")[^\"]*" + NAMES + "[^\"]*\"", "$1…\"")
        .replaceAll("(\"block_id\": \")[a-z0-9]+\\.", "$1…");
  }
}
