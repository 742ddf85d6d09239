// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the workspace granted: the scopes of the manifest that we ship, until a test takes one away.
 * Slack's documentation lists them per method; those about conversations depend on what kind of
 * conversation it is. Callers lock the workspace.
 */
final class Scopes {

  private final Set<String> granted;
  private final Set<String> events;

  Scopes() {
    JsonNode manifest = shipped();
    granted = texts(manifest.at("/oauth_config/scopes/bot"));
    events = texts(manifest.at("/settings/event_subscriptions/bot_events"));
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** Returns {@code config/slack/manifest.yaml}. */
  private static JsonNode shipped() {
    Path manifest =
        Path.of(System.getProperty("muster.root", ".."), "config", "slack", "manifest.yaml");
    try (var text = Files.newBufferedReader(manifest)) {
      Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      return new ObjectMapper().valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the app asked for events of this kind. */
  boolean hears(JsonNode event) {
    String type = event.path("type").asText();
    if (!type.equals("message")) {
      return events.contains(type);
    }
    String channelType = event.path("channel_type").asText("channel");
    return events.contains("message." + (channelType.equals("im") ? "im" : channelType + "s"));
  }

  void take(String scope) {
    granted.remove(scope);
  }

  void give(String scope) {
    granted.add(scope);
  }

  boolean has(String scope) {
    return granted.contains(scope);
  }

  String list() {
    return String.join(",", granted);
  }

  /**
   * Refuses a call that was not granted. A scope {@code *:read}, {@code *:history} or {@code
   * *:manage} stands for the one of the conversation's kind.
   */
  void check(MethodRule rule, Call call, Workspace workspace) {
    for (String scope : needed(rule.scope(), call, workspace)) {
      SlackError.when(!granted.contains(scope), "missing_scope", scope);
    }
  }

  private static Set<String> needed(String scope, Call call, Workspace workspace) {
    if (!scope.startsWith("*")) {
      return scope.isEmpty() ? Set.of() : Set.of(scope);
    }
    String act = scope.substring(2);
    if (!call.get("types").isEmpty()) {
      Set<String> all = new TreeSet<>();
      for (String type : call.get("types").split(",")) {
        all.add(of(type.equals("private_channel") ? "groups" : "channels", act));
      }
      return all;
    }
    FakeConversation channel = workspace.channels.get(call.get("channel"));
    boolean group = channel == null ? call.flag("is_private") : channel.isPrivate;
    boolean direct = channel != null && channel.isIm;
    return Set.of(of(direct ? "im" : group ? "groups" : "channels", act));
  }

  private static String of(String family, String act) {
    boolean manages = act.equals("manage");
    return family + ":" + (manages && !family.equals("channels") ? "write" : act);
  }
}
