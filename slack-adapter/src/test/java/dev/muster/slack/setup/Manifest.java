// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The manifest that operators upload, in one of its two forms.
 *
 * @param root the whole document
 */
record Manifest(JsonNode root) {

  /** Where Slack sends everything once HOST has been replaced. */
  static final String ADDRESS = "https://muster.example.com/slack/events";

  /** How Slack reaches the program. */
  enum Mode {
    /** As the file stands. */
    SOCKET,
    /** As the file's first lines say: addresses in, Socket Mode off. */
    HTTP
  }

  /** Reads the shipped file and, for HTTP, does what its first lines tell an operator to do. */
  static Manifest shipped(Mode mode) {
    try {
      String text = Files.readString(Path.of("..", "config", "slack", "manifest.yaml"));
      return read(mode == Mode.SOCKET ? text : forHttp(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String forHttp(String text) {
    return text.replaceAll("# (\\w+: )https://HOST/", "$1https://muster.example.com/")
        .replace("socket_mode_enabled: true", "socket_mode_enabled: false");
  }

  private static Manifest read(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object tree = new Yaml(new SafeConstructor(options)).load(yaml);
    return new Manifest(new ObjectMapper().valueToTree(tree));
  }

  List<String> scopes() {
    return texts("/oauth_config/scopes/bot");
  }

  List<String> optionalScopes() {
    return texts("/oauth_config/scopes/bot_optional");
  }

  List<String> events() {
    return texts("/settings/event_subscriptions/bot_events");
  }

  List<String> unfurlDomains() {
    return texts("/features/unfurl_domains");
  }

  List<String> shortcuts() {
    List<String> found = new ArrayList<>();
    root.at("/features/shortcuts").forEach(each -> found.add(each.path("callback_id").asText()));
    return found;
  }

  private List<String> texts(String place) {
    List<String> found = new ArrayList<>();
    root.at(place).forEach(each -> found.add(each.asText()));
    return found;
  }
}
