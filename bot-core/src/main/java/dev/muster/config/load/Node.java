// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.util.List;
import java.util.Optional;

/** A piece of a YAML file: every scalar is the text as it was written, with its place. */
sealed interface Node {

  /** Returns where it begins. */
  Place place();

  /** Returns what people call this kind of node. */
  String kind();

  /** Returns whether nothing was written, as after a bare {@code key:}. */
  default boolean isNothing() {
    return false;
  }

  /** A scalar; {@code plain} when it stood without quotes. */
  record Text(String value, boolean plain, Place place) implements Node {
    @Override
    public String kind() {
      return "a single value";
    }

    @Override
    public boolean isNothing() {
      return plain && value.isEmpty();
    }
  }

  /** A list. */
  record Sequence(List<Node> items, Place place) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in the order of the file; no key stands twice. */
  record Mapping(List<Entry> entries, Place place) implements Node {
    @Override
    public String kind() {
      return "a group of keys";
    }

    Optional<Node> get(String key) {
      return entries.stream()
          .filter(entry -> entry.key().value().equals(key))
          .map(Entry::value)
          .findFirst();
    }
  }

  /** One key with its value. */
  record Entry(Text key, Node value) {}
}
