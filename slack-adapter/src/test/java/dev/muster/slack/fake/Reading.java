// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Shows a message as a reader sees it, and says whom it notifies. Slack's rules: blocks hide the
 * text; {@code mrkdwn} expands control sequences in angle brackets and the markup of asterisks,
 * underscores, tildes and backticks, and unless it is verbatim it also turns bare {@code @here},
 * {@code @channel} and {@code @everyone} into mentions; plain text and the text elements of rich
 * text are shown as they are; only three escapes are undone.
 */
final class Reading {

  private static final Pattern CONTROL = Pattern.compile("<([^<>]+)>");
  private static final Pattern BARE = Pattern.compile("@(here|channel|everyone)\\b");
  private static final List<Pattern> MARKUP =
      List.of(
          Pattern.compile("(?<![\\p{Alnum}*])\\*([^*\\n]+)\\*(?![\\p{Alnum}*])"),
          Pattern.compile("(?<![\\p{Alnum}_])_([^_\\n]+)_(?![\\p{Alnum}_])"),
          Pattern.compile("(?<![\\p{Alnum}~])~([^~\\n]+)~(?![\\p{Alnum}~])"),
          Pattern.compile("`([^`\\n]+)`"));

  private final Map<String, String> users;
  private final List<String> lines = new ArrayList<>();
  private final List<String> notified = new ArrayList<>();
  private final List<Posted.Pressable> buttons = new ArrayList<>();

  Reading(JsonNode message, Map<String, String> users) {
    this.users = users;
    if (message.path("blocks").isEmpty()) {
      lines.add(mrkdwn(message.path("text").asText(), true));
    } else {
      message.path("blocks").forEach(this::block);
    }
    message.path("attachments").forEach(this::attachment);
    message.path("files").forEach(file -> lines.add(file.path("name").asText()));
  }

  String words() {
    return String.join("\n", lines);
  }

  /** Returns user ids, and names such as {@code !channel}, in order. */
  List<String> notified() {
    return notified;
  }

  List<Posted.Pressable> buttons() {
    return buttons;
  }

  private void block(JsonNode block) {
    switch (block.path("type").asText()) {
      case "section" -> {
        text(block.path("text"));
        block.path("fields").forEach(this::text);
      }
      case "header" -> text(block.path("text"));
      case "context" -> block.path("elements").forEach(this::text);
      case "actions" ->
          block
              .path("elements")
              .forEach(
                  button -> {
                    String label = button.path("text").path("text").asText();
                    buttons.add(
                        new Posted.Pressable(
                            label, button.path("value").asText(), button.path("url").asText()));
                    lines.add(label);
                  });
      case "rich_text" -> block.path("elements").forEach(this::richPart);
      default -> {}
    }
  }

  private void attachment(JsonNode attachment) {
    for (String part : List.of("pretext", "title", "text")) {
      if (!attachment.path(part).asText().isEmpty()) {
        lines.add(mrkdwn(attachment.path(part).asText(), true));
      }
    }
    for (JsonNode field : attachment.path("fields")) {
      lines.add(field.path("title").asText() + ": " + field.path("value").asText());
    }
    attachment.path("blocks").forEach(this::block);
  }

  private void text(JsonNode text) {
    if (text.isMissingNode()) {
      return;
    }
    boolean verbatim = text.path("verbatim").asBoolean(false);
    String raw = text.path("text").asText();
    lines.add(text.path("type").asText().equals("mrkdwn") ? mrkdwn(raw, verbatim) : raw);
  }

  private void richPart(JsonNode part) {
    StringBuilder line = new StringBuilder();
    for (JsonNode leaf : part.path("elements")) {
      line.append(
          switch (leaf.path("type").asText()) {
            case "user" -> mention(leaf.path("user_id").asText());
            case "broadcast" -> mention("!" + leaf.path("range").asText());
            case "usergroup" -> mention("!" + leaf.path("usergroup_id").asText());
            case "channel" -> "#" + leaf.path("channel_id").asText();
            case "link" -> leaf.path("text").asText(leaf.path("url").asText());
            case "date" -> leaf.path("fallback").asText();
            default -> leaf.path("text").asText();
          });
    }
    lines.add(line.toString());
  }

  private String mention(String id) {
    notified.add(id);
    return "@" + users.getOrDefault(id, id);
  }

  private String mrkdwn(String raw, boolean verbatim) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (MatchResult match : CONTROL.matcher(raw).results().toList()) {
      out.append(plain(raw.substring(from, match.start()), verbatim));
      out.append(control(match.group(1)));
      from = match.end();
    }
    return out.append(plain(raw.substring(from), verbatim)).toString();
  }

  private String control(String inside) {
    String[] parts = inside.split("\\|", 2);
    String label = parts.length == 2 ? parts[1] : "";
    if (parts[0].startsWith("@")) {
      return mention(parts[0].substring(1));
    }
    if (parts[0].startsWith("!date^")) {
      return label;
    }
    if (parts[0].startsWith("!")) {
      return mention(parts[0]);
    }
    return label.isEmpty() ? parts[0] : label;
  }

  private String plain(String raw, boolean verbatim) {
    if (!verbatim) {
      BARE.matcher(raw).results().forEach(bare -> notified.add("!" + bare.group(1)));
    }
    String shown = raw;
    for (Pattern markup : MARKUP) {
      shown = markup.matcher(shown).replaceAll("$1");
    }
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  static Instant time(String ts) {
    return Instant.ofEpochSecond(Long.parseLong(ts.substring(0, ts.indexOf('.'))));
  }
}
