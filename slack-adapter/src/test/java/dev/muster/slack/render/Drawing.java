// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static dev.muster.testkit.GalleryPage.escape;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Draws blocks as HTML, roughly as Slack shows them to a reader in Berlin. Pure. */
final class Drawing {

  private static final Pattern DATE = Pattern.compile("&lt;!date\\^(\\d+)\\^[^|]*\\|[^&]*&gt;");
  private static final DateTimeFormatter THERE =
      DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ENGLISH)
          .withZone(ZoneId.of("Europe/Berlin"));
  private static final Pattern LINK =
      Pattern.compile("&lt;(https?://[^|&]*(?:&amp;[^|&]*)*)\\|([^&]*)&gt;");
  private static final Pattern BOLD = Pattern.compile("\\*([^*\\n]+)\\*");

  private Drawing() {}

  /** Returns the blocks of a message. */
  static String blocks(JsonArray blocks) {
    StringBuilder html = new StringBuilder();
    blocks.forEach(block -> html.append(block(block.getAsJsonObject())));
    return html.toString();
  }

  /** Returns a window or home page. */
  static String view(JsonObject view) {
    String body = blocks(view.getAsJsonArray("blocks"));
    if (!view.has("title")) {
      return body;
    }
    String submit =
        view.has("submit") ? "<b class='btn primary'>" + words(view, "submit") + "</b>" : "";
    return "<div class='modal'><h3>"
        + words(view, "title")
        + "</h3>"
        + body
        + "<p class='foot'><b class='btn'>"
        + words(view, "close")
        + "</b> "
        + submit
        + "</p></div>";
  }

  private static String words(JsonObject holder, String name) {
    return escape(holder.getAsJsonObject(name).get("text").getAsString());
  }

  private static String block(JsonObject block) {
    return switch (block.get("type").getAsString()) {
      case "header" -> "<h2>" + words(block, "text") + "</h2>";
      case "section" -> section(block);
      case "context" ->
          "<p class='context'>" + each(block.getAsJsonArray("elements"), " ") + "</p>";
      case "actions" ->
          "<p class='actions'>" + each(block.getAsJsonArray("elements"), " ") + "</p>";
      case "rich_text" -> each(block.getAsJsonArray("elements"), "");
      case "input" -> input(block);
      default -> "<hr>";
    };
  }

  private static String section(JsonObject block) {
    if (!block.has("fields")) {
      return "<p>" + element(block.getAsJsonObject("text")) + "</p>";
    }
    StringBuilder html = new StringBuilder("<div class='fields'>");
    block
        .getAsJsonArray("fields")
        .forEach(f -> html.append("<div>").append(element(f.getAsJsonObject())).append("</div>"));
    return html.append("</div>").toString();
  }

  private static String each(JsonArray elements, String between) {
    StringBuilder html = new StringBuilder();
    elements.forEach(e -> html.append(element(e.getAsJsonObject())).append(between));
    return html.toString();
  }

  private static String element(JsonObject element) {
    return switch (element.get("type").getAsString()) {
      case "mrkdwn" -> markup(element.get("text").getAsString());
      case "plain_text" -> lines(escape(element.get("text").getAsString()));
      case "button" -> button(element);
      case "rich_text_section" -> "<p>" + each(element.getAsJsonArray("elements"), "") + "</p>";
      case "rich_text_quote" ->
          "<blockquote>" + each(element.getAsJsonArray("elements"), "") + "</blockquote>";
      case "rich_text_preformatted" ->
          "<pre>" + each(element.getAsJsonArray("elements"), "") + "</pre>";
      case "text" -> styled(element);
      case "link" -> "<a>" + escape(element.get("text").getAsString()) + "</a>";
      case "user" -> "<i class='who'>@" + escape(element.get("user_id").getAsString()) + "</i>";
      case "channel" ->
          "<i class='who'>#" + escape(element.get("channel_id").getAsString()) + "</i>";
      case "date" -> date(element.get("timestamp").getAsLong());
      default -> "?";
    };
  }

  private static String date(long second) {
    return "<u>" + THERE.format(Instant.ofEpochSecond(second)) + "</u>";
  }

  private static String styled(JsonObject text) {
    String words = lines(escape(text.get("text").getAsString()));
    String style = text.has("style") ? text.get("style").toString() : "";
    if (style.contains("\"bold\":true")) {
      return "<b>" + words + "</b>";
    }
    return style.contains("\"code\":true") ? "<code>" + words + "</code>" : words;
  }

  private static String button(JsonObject button) {
    String style = button.has("style") ? " " + button.get("style").getAsString() : "";
    String asks =
        button.has("confirm")
            ? " <small>asks: " + words(button.getAsJsonObject("confirm"), "text") + "</small>"
            : "";
    return "<b class='btn" + style + "'>" + words(button, "text") + "</b>" + asks;
  }

  private static String input(JsonObject block) {
    JsonObject element = block.getAsJsonObject("element");
    String hint = block.has("hint") ? "<small>" + words(block, "hint") + "</small>" : "";
    String optional =
        block.has("optional") && block.get("optional").getAsBoolean() ? " (optional)" : "";
    return "<div class='input'><b>"
        + words(block, "label")
        + "</b>"
        + optional
        + field(element)
        + hint
        + "</div>";
  }

  private static String field(JsonObject element) {
    String type = element.get("type").getAsString();
    if (element.has("options") && !type.equals("static_select")) {
      StringBuilder html = new StringBuilder();
      String sign = type.equals("checkboxes") ? "☐ " : "○ ";
      element
          .getAsJsonArray("options")
          .forEach(o -> html.append("<p>" + sign + words(o.getAsJsonObject(), "text") + "</p>"));
      return html.toString();
    }
    String initial = element.has("initial_value") ? element.get("initial_value").getAsString() : "";
    String shown = type.equals("plain_text_input") ? escape(initial) : "Choose ▾";
    return "<div class='box'>" + lines(shown) + "&nbsp;</div>";
  }

  /** Markup of ours was escaped once for Slack; what was words stays words. */
  private static String markup(String text) {
    String html =
        escape(text)
            .replace("&amp;lt;", "‹")
            .replace("&amp;gt;", "›")
            .replace("&amp;amp;", "&amp;");
    html = DATE.matcher(html).replaceAll(found -> date(Long.parseLong(found.group(1))));
    html = LINK.matcher(html).replaceAll("<a>$2</a>");
    return lines(BOLD.matcher(html).replaceAll("<b>$1</b>"));
  }

  private static String lines(String html) {
    return html.replace("\n", "<br>");
  }
}
