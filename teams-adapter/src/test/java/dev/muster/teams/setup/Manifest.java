// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.setup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The manifest of the app that administrators upload.
 *
 * @param root the whole document
 */
record Manifest(JsonNode root) {

  /** Where the manifest, the icons and the script lie. */
  static final Path FOLDER = Path.of("..", "config", "teams");

  /** Reads the shipped file as it stands, its places not filled. */
  static Manifest shipped() {
    try {
      return new Manifest(Json.read(Files.readAllBytes(FOLDER.resolve("manifest.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the permissions that teams and chats are asked for. */
  List<String> scopes() {
    return texts(root.at("/authorization/permissions/resourceSpecific"), "name");
  }

  /** Returns what stands in the lists of commands, one after the other. */
  List<String> titles() {
    List<String> found = new ArrayList<>();
    root.at("/bots/0/commandLists")
        .forEach(list -> found.addAll(texts(list.path("commands"), "title")));
    return found;
  }

  /** Returns the ids of the message extensions. */
  List<String> shortcuts() {
    return texts(root.at("/composeExtensions/0/commands"), "id");
  }

  /** Returns one text of each element of a list. */
  static List<String> texts(JsonNode list, String name) {
    List<String> found = new ArrayList<>();
    list.forEach(each -> found.add(each.path(name).asText()));
    return found;
  }

  /** Returns the texts of a list of texts. */
  static List<String> words(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.forEach(each -> found.add(each.asText()));
    return found;
  }
}
