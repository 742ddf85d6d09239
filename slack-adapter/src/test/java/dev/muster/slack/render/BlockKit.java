// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.muster.chat.WebAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's written rules for blocks, checked one by one: which blocks, how many, how long, which
 * names are unique, what must be there; and ours on top: only blocks that every client shows, at
 * most five buttons in a row, no link that is not a plain web address, nobody called unless meant.
 */
final class BlockKit {

  private static final Set<String> IN_MESSAGES =
      Set.of("section", "header", "context", "actions", "divider", "rich_text");
  private static final Map<String, Integer> BUTTON_TEXTS =
      Map.of("value", 2_000, "url", 3_000, "accessibility_label", 75);
  private static final Pattern CONTROL = Pattern.compile("<([^<>]*)>");
  private static final Pattern DATE =
      Pattern.compile("!date\\^\\d{1,10}\\^[a-z_{} ]+\\|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");

  private final List<String> problems = new ArrayList<>();
  private final Set<String> blockIds = new HashSet<>();
  private final Set<String> actionIds = new HashSet<>();
  private final boolean inWindow;

  private BlockKit(boolean inWindow) {
    this.inWindow = inWindow;
  }

  /** Returns what Slack or we would say against a message. */
  static List<String> ofMessage(String text, JsonArray blocks) {
    BlockKit rules = new BlockKit(false);
    rules.check(!text.isBlank() && text.length() <= 4_000, "text", "has " + text.length());
    rules.check(text.indexOf('<') < 0 && text.indexOf('>') < 0, "text", "has a control sequence");
    rules.blocks(blocks, 50);
    return rules.problems;
  }

  /** Returns what Slack or we would say against a window or home page. */
  static List<String> ofView(JsonObject view) {
    BlockKit rules = new BlockKit(true);
    boolean modal = text(view, "type").equals("modal");
    for (String name : List.of("title", "submit", "close")) {
      if (view.has(name)) {
        rules.plain(view, name, 24);
      }
    }
    rules.check(!modal || view.has("title"), "title", "is missing");
    boolean asks = view.toString().contains("\"type\":\"input\"");
    rules.check(!asks || view.has("submit"), "submit", "is missing");
    rules.check(text(view, "private_metadata").length() <= 3_000, "private_metadata", "too long");
    rules.check(text(view, "callback_id").length() <= 255, "callback_id", "too long");
    rules.check(view.toString().length() <= 250_000, "view", "too large");
    rules.blocks(view.getAsJsonArray("blocks"), 100);
    return rules.problems;
  }

  private void check(boolean kept, String where, String what) {
    if (!kept) {
      problems.add(where + ": " + what);
    }
  }

  private static String text(JsonObject object, String name) {
    return object.has(name) ? object.get(name).getAsString() : "";
  }

  private void blocks(JsonArray blocks, int most) {
    check(!blocks.isEmpty() && blocks.size() <= most, "blocks", "are " + blocks.size());
    for (JsonElement each : blocks) {
      JsonObject block = each.getAsJsonObject();
      String type = text(block, "type");
      boolean allowed = IN_MESSAGES.contains(type) || inWindow && type.equals("input");
      check(allowed, type, "is not on the list of blocks");
      String id = text(block, "block_id");
      check(id.length() <= 255 && (inWindow || !id.isEmpty()), type, "has a bad name: " + id);
      check(id.isEmpty() || blockIds.add(id), type, "has a name that is taken: " + id);
      switch (type) {
        case "header" -> plain(block, "text", 150);
        case "section" -> section(block);
        case "context" -> context(block);
        case "actions" -> actions(block);
        case "rich_text" -> richText(block);
        case "input" -> input(block);
        default -> {}
      }
    }
  }

  private void section(JsonObject block) {
    check(block.has("text") || block.has("fields"), "section", "is empty");
    if (block.has("text")) {
      object(block.getAsJsonObject("text"), "section", 3_000);
    }
    if (block.has("fields")) {
      JsonArray fields = block.getAsJsonArray("fields");
      check(!fields.isEmpty() && fields.size() <= 10, "fields", "are " + fields.size());
      fields.forEach(field -> object(field.getAsJsonObject(), "field", 2_000));
    }
  }

  private void context(JsonObject block) {
    JsonArray elements = block.getAsJsonArray("elements");
    check(!elements.isEmpty() && elements.size() <= 10, "context", "has " + elements.size());
    elements.forEach(element -> object(element.getAsJsonObject(), "context", 3_000));
  }

  private void actions(JsonObject block) {
    JsonArray row = block.getAsJsonArray("elements");
    check(!row.isEmpty() && row.size() <= 5, "actions", "has " + row.size() + " buttons");
    String before = "none";
    for (int i = 0; i < row.size(); i++) {
      JsonObject button = row.get(i).getAsJsonObject();
      check(text(button, "type").equals("button"), "actions", "holds something else");
      button(button);
      String style = text(button, "style");
      boolean danger = style.equals("danger");
      check(!danger || !before.equals("primary"), "button", "stands beside the primary");
      check(!danger || i > 0 || row.size() == 1, "button", "is first and destructive");
      before = style;
    }
  }

  private void button(JsonObject button) {
    plain(button, "text", 75);
    actionId(button);
    BUTTON_TEXTS.forEach(
        (name, most) -> check(text(button, name).length() <= most, "button " + name, "too long"));
    check(Set.of("", "primary", "danger").contains(text(button, "style")), "style", "is unknown");
    if (button.has("confirm")) {
      JsonObject confirm = button.getAsJsonObject("confirm");
      plain(confirm, "title", 100);
      object(confirm.getAsJsonObject("text"), "confirm text", 300);
      plain(confirm, "confirm", 30);
      plain(confirm, "deny", 30);
    }
  }

  private void actionId(JsonObject element) {
    String id = text(element, "action_id");
    check(!id.isEmpty() && id.length() <= 255, "action_id", "is bad: " + id);
    check(inWindow || actionIds.add(id), "action_id", "is taken: " + id);
  }

  private void richText(JsonObject block) {
    JsonArray parts = block.getAsJsonArray("elements");
    check(!parts.isEmpty(), "rich_text", "is empty");
    int length = 0;
    for (JsonElement part : parts) {
      String type = text(part.getAsJsonObject(), "type");
      boolean known =
          Set.of("rich_text_section", "rich_text_quote", "rich_text_preformatted").contains(type);
      check(known, type, "is unknown");
      JsonArray leaves = part.getAsJsonObject().getAsJsonArray("elements");
      check(!leaves.isEmpty(), type, "is empty");
      for (JsonElement leaf : leaves) {
        length += leaf(leaf.getAsJsonObject(), type);
      }
    }
    check(length <= 3_200, "rich_text", "is long: " + length);
  }

  private int leaf(JsonObject leaf, String within) {
    String type = text(leaf, "type");
    String words = text(leaf, "text");
    switch (type) {
      case "text" -> check(!words.isEmpty(), within, "has an empty text");
      case "link" -> check(isLink(text(leaf, "url")), "link", "leads astray: " + leaf);
      case "user" -> check(!text(leaf, "user_id").isBlank(), "user", "is nobody");
      case "channel" -> check(!text(leaf, "channel_id").isBlank(), "channel", "is none");
      case "date" -> check(leaf.has("timestamp") && leaf.has("fallback"), "date", "lacks a part");
      default -> check(false, within, "holds a " + type);
    }
    boolean code = within.equals("rich_text_preformatted");
    check(!code || type.equals("text"), within, "holds a " + type);
    return words.length();
  }

  private static boolean isLink(String url) {
    return url.length() <= 3_000 && WebAddress.isLink(url);
  }

  private void input(JsonObject block) {
    plain(block, "label", 2_000);
    if (block.has("hint")) {
      plain(block, "hint", 2_000);
    }
    JsonObject element = block.getAsJsonObject("element");
    actionId(element);
    switch (text(element, "type")) {
      case "plain_text_input" -> typed(element);
      case "static_select" -> options(element, 100, "initial_option");
      case "radio_buttons" -> options(element, 10, "initial_option");
      case "checkboxes" -> options(element, 10, "initial_options");
      case "users_select" -> {}
      default -> check(false, "input", "holds a " + element.get("type"));
    }
  }

  private void typed(JsonObject element) {
    int longest = element.has("max_length") ? element.get("max_length").getAsInt() : 3_000;
    check(longest >= 1 && longest <= 3_000, "max_length", "is " + longest);
    check(text(element, "initial_value").length() <= longest, "initial_value", "is too long");
  }

  private void options(JsonObject element, int most, String initial) {
    JsonArray options = element.getAsJsonArray("options");
    check(options != null && !options.isEmpty(), "options", "are none");
    check(options.size() <= most, "options", "are " + options.size());
    Set<String> values = new HashSet<>();
    for (JsonElement each : options) {
      JsonObject option = each.getAsJsonObject();
      plain(option, "text", 75);
      String value = text(option, "value");
      check(!value.isEmpty() && value.length() <= 75, "option", "has a bad value: " + value);
      check(values.add(value), "option", "is there twice: " + value);
    }
    if (element.has(initial)) {
      boolean known = element.get(initial).isJsonObject();
      boolean offered =
          known
              ? options.contains(element.get(initial))
              : options.asList().containsAll(element.getAsJsonArray(initial).asList());
      check(offered, initial, "is not among the options");
    }
  }

  private void plain(JsonObject holder, String name, int most) {
    JsonObject text = holder.getAsJsonObject(name);
    check(text != null, name, "is missing");
    if (text != null) {
      check(text(text, "type").equals("plain_text"), name, "is no plain text");
      object(text, name, most);
    }
  }

  private void object(JsonObject text, String where, int most) {
    String words = text(text, "text");
    check(!words.isEmpty() && words.length() <= most, where, "has " + words.length());
    if (text(text, "type").equals("mrkdwn")) {
      check(text.has("verbatim"), where, "may be expanded by Slack");
      Matcher control = CONTROL.matcher(words);
      while (control.find()) {
        control(control.group(1), where);
      }
    }
  }

  private void control(String inside, String where) {
    String url = inside.replaceFirst("\\|.*", "").replace("&amp;", "&");
    check(DATE.matcher(inside).matches() || isLink(url), where, "has a control: " + inside);
  }
}
