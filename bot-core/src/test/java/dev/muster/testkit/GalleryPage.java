// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.testkit.Portrait.Frame;
import dev.muster.testkit.Portrait.Picture;
import dev.muster.testkit.Portrait.Twin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws what was said as one page that needs nothing from outside, one of each kind. An article has
 * the same address on the page of every platform. Pure.
 */
public final class GalleryPage {

  private static final String STYLE =
      """
      h1{font-size:24px}h2{font-size:18px;margin:.2em 0 .5em}h3{margin:0 0 .6em}
      section>h2{border-top:1px solid #ddd;padding-top:1em;margin-top:2em;font-size:20px}
      article{border:1px solid #ddd;border-radius:8px;padding:.8em 1em;margin:1em 0}
      article:target,section:target>h2{background:#fffbe6}
      article>small{color:#616061;display:block;margin-bottom:.4em}
      p{margin:.35em 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}
      nav{columns:2;font-size:14px;margin:1em 0}nav a{display:block;text-decoration:none;padding:.1em 0}
      details{margin-top:.6em;font-size:13px;color:#616061}
      """;

  private final Portrait portrait;
  private final Twin twin;

  private GalleryPage(Portrait portrait) {
    this.portrait = portrait;
    this.twin = portrait.twin();
  }

  /** Returns the page of everything that was said, in order. */
  public static String of(Portrait portrait, List<Said> all) {
    return new GalleryPage(portrait).page(all);
  }

  /** Returns text that is no markup. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private String page(List<Said> all) {
    Map<String, Map<String, String>> scenes = scenes(all);
    StringBuilder html = new StringBuilder(head()).append("<nav>\n");
    scenes.keySet().forEach(scene -> html.append(link(scene)));
    html.append("</nav>\n");
    scenes.forEach(
        (scene, articles) -> {
          html.append("<section id='").append(anchor(scene)).append("'>");
          html.append("<h2>").append(escape(scene)).append("</h2>\n");
          articles.values().forEach(html::append);
          html.append("</section>\n");
        });
    return html.append("</body></html>\n").toString();
  }

  /** A kind is shown where it was said first, as it was said there last. */
  private Map<String, Map<String, String>> scenes(List<Said> all) {
    Map<String, Map<String, String>> scenes = new LinkedHashMap<>();
    Set<String> shown = new HashSet<>();
    for (Said said : all) {
      Map<String, String> scene = scenes.computeIfAbsent(said.scene(), s -> new LinkedHashMap<>());
      Optional<Picture> picture = portrait.of(said);
      String kind = kind(said);
      if (picture.isPresent() && (shown.add(kind) || scene.containsKey(kind))) {
        scene.put(kind, article(said, picture.get()));
      }
    }
    scenes.values().removeIf(Map::isEmpty);
    return scenes;
  }

  /** The same on every platform, however it is called and people address the bot there. */
  private String kind(Said said) {
    return said.kind()
        .replace("(" + portrait.frame().page() + ")", "(here)")
        .replaceAll("/incident |@[Mm]uster ", "!")
        .replaceAll(",+", ",");
  }

  private String head() {
    Frame frame = portrait.frame();
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>What Muster"
        + " shows in "
        + frame.title()
        + "</title>\n<style>\n"
        + frame.style()
        + STYLE
        + "</style></head><body>\n<h1>What Muster shows in "
        + frame.title()
        + "</h1>\n<p>"
        + frame.lead()
        + "</p>\n<p>The same scenes are on the page of <a href='"
        + twin.page()
        + ".html'>"
        + twin.title()
        + "</a>; each article leads to its twin there, and to both <a href='index.html'>side by"
        + " side</a>.</p>\n";
  }

  private static String link(String scene) {
    return "<a href='#" + anchor(scene) + "'>" + escape(scene) + "</a>\n";
  }

  private static String anchor(String scene) {
    return scene.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
  }

  private String article(Said said, Picture picture) {
    String id = id(kind(said));
    String aloud = picture.aloud().isEmpty() ? "JSON" : escape(picture.aloud());
    return "<article id='"
        + id
        + "'><small>"
        + way(said)
        + " · "
        + twin(said, id)
        + "</small>\n"
        + picture.html()
        + "\n<details><summary>"
        + aloud.replace("\n", " ")
        + "</summary><pre>"
        + escape(JsonLines.of(picture.json()))
        + "</pre></details>\n</article>\n";
  }

  private String twin(Said said, String id) {
    if (twin.lacks().contains(said.way())) {
      return twin.title() + " has no such thing";
    }
    return "<a href='"
        + twin.page()
        + ".html#"
        + id
        + "'>in "
        + twin.title()
        + "</a> · "
        + "<a href='index.html#"
        + id
        + "' target='_top'>side by side</a>";
  }

  private static String id(String kind) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(kind.getBytes(StandardCharsets.UTF_8));
      return "k" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String way(Said said) {
    return switch (said.way()) {
      case MESSAGE -> "In a channel";
      case PRIVATE -> "For one person alone";
      case FORM -> "A window to fill in";
      case NOTICE -> "A window that says one thing";
      case HOME -> "Somebody's own screen";
      case LINK -> "Under a link";
    };
  }
}
