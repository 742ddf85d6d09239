// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import dev.muster.chat.BotMessage;
import dev.muster.slack.client.FormVerbs;
import dev.muster.testkit.Said;
import dev.muster.testkit.Substitution;
import java.util.List;

/**
 * What Slack gets.
 *
 * @param text the text beside blocks; empty for a view
 * @param json the blocks of a message, or a view
 */
record Sent(String text, JsonElement json) {

  private static final Gson GSON = GsonFactory.createSnakeCase();

  /** Renders what was said. */
  static Sent of(Said said) {
    return said.form()
        .map(form -> view(FormVerbs.render(form, "C1")))
        .orElseGet(() -> of(said.way(), said.message()));
  }

  /** Renders what was said in other words. */
  static Sent of(Said said, Substitution words) {
    return said.form()
        .map(form -> view(FormVerbs.render(words.in(form), "C1")))
        .orElseGet(() -> of(said.way(), words.in(said.message())));
  }

  private static Sent of(Said.Way way, BotMessage message) {
    if (way == Said.Way.HOME) {
      return view(FormVerbs.home(message));
    }
    if (way == Said.Way.NOTICE) {
      return view(FormRenderer.notice("Muster", message.text()));
    }
    Rendered rendered = MessageRenderer.render(message);
    return new Sent(rendered.text(), GSON.toJsonTree(rendered.blocks()));
  }

  private static Sent view(Object view) {
    return new Sent("", GSON.toJsonTree(view));
  }

  boolean isView() {
    return json.isJsonObject();
  }

  JsonObject view() {
    return json.getAsJsonObject();
  }

  JsonArray blocks() {
    return isView() ? view().getAsJsonArray("blocks") : json.getAsJsonArray();
  }

  /** Returns what Slack or we would say against it. */
  List<String> problems() {
    return isView() ? BlockKit.ofView(view()) : BlockKit.ofMessage(text, blocks());
  }
}
