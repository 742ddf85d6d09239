// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;

/**
 * Turns the text of one YAML file into nodes whose scalars are texts as written. Works on the
 * parser's events and not on its composed tree, because anchors, aliases and explicit tags are
 * refused here, each at its own place, before anything could follow them.
 */
final class YamlReader {

  /** Deeper nesting than this is a mistake or an attack. */
  private static final int DEEPEST = 30;

  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private final Problems problems;
  private final Iterator<Event> events;
  private int documents;

  private YamlReader(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(text.length() + 1);
    this.problems = problems;
    this.events = new Yaml(options).parse(new StringReader(text)).iterator();
  }

  /** Reads the text; an empty file is an empty mapping. Empty result: the syntax is broken. */
  static Optional<Node> read(String text, Problems problems) {
    int before = problems.count();
    Optional<Place> forbidden = Characters.firstForbidden(text, problems.file());
    if (forbidden.isPresent()) {
      problems.add(
          forbidden.get(),
          "",
          "There is a control character that YAML does not allow",
          "Remove it; in double quotes it may be written as \\x..");
      return Optional.empty();
    }
    try {
      Node root = new YamlReader(text, problems).file();
      return problems.count() == before ? Optional.of(root) : Optional.empty();
    } catch (MarkedYAMLException e) {
      SyntaxWords.Said said = SyntaxWords.of(e);
      problems.add(placeOf(said.mark(), problems.file()), "", said.what(), said.hint());
      return Optional.empty();
    } catch (YAMLException e) {
      problems.add(Place.whole(problems.file()), "", "This is not valid YAML", "");
      return Optional.empty();
    }
  }

  private Node file() {
    Node root = new Node.Mapping(List.of(), new Place(problems.file(), 1, 1));
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent) {
        documents++;
        refuseSecondDocument(event);
      } else if (event instanceof NodeEvent) {
        Node read = node(event, 0);
        root = documents == 1 && !read.isNothing() ? read : root;
      }
    }
    return root;
  }

  private void refuseSecondDocument(Event event) {
    if (documents == 2) {
      problems.add(
          place(event),
          "",
          "A second document begins here; a file holds one",
          "Remove the line ---, or move what follows it to a file of its own");
    }
  }

  private Node node(Event event, int depth) {
    refuseAnchorsAndTags(event);
    if (event instanceof ScalarEvent scalar) {
      return text(scalar);
    }
    if (event instanceof AliasEvent) {
      return new Node.Text("", true, place(event));
    }
    if (depth == DEEPEST) {
      throw new TooDeep(event.getStartMark());
    }
    return event instanceof MappingStartEvent ? mapping(event, depth) : sequence(event, depth);
  }

  private Node.Text text(ScalarEvent scalar) {
    return new Node.Text(
        scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, place(scalar));
  }

  private Node sequence(Event start, int depth) {
    List<Node> items = new ArrayList<>();
    Event next = events.next();
    while (!(next instanceof SequenceEndEvent)) {
      items.add(node(next, depth + 1));
      next = events.next();
    }
    return new Node.Sequence(List.copyOf(items), place(start));
  }

  private Node mapping(Event start, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    Event next = events.next();
    while (!(next instanceof MappingEndEvent)) {
      Node key = node(next, depth + 1);
      Node value = node(events.next(), depth + 1);
      if (key instanceof Node.Text text) {
        addOnce(entries, seen, new Node.Entry(text, value));
      } else {
        problems.add(key.place(), "", "A key is a single word, not " + key.kind(), "");
      }
      next = events.next();
    }
    return new Node.Mapping(List.copyOf(entries), place(start));
  }

  private void addOnce(List<Node.Entry> entries, Map<String, Place> seen, Node.Entry entry) {
    String key = entry.key().value();
    Place first = seen.putIfAbsent(key, entry.key().place());
    if (first == null) {
      entries.add(entry);
      return;
    }
    problems.add(
        entry.key().place(),
        key,
        "The key " + key + " stands here a second time",
        "The first is in line " + first.line() + "; keep one of them");
  }

  private void refuseAnchorsAndTags(Event event) {
    if (event instanceof AliasEvent alias) {
      problems.add(
          place(event),
          "",
          "Aliases such as *" + alias.getAnchor() + " are not allowed",
          "Write the value out; put a text that begins with * in quotes");
    } else if (((NodeEvent) event).getAnchor() != null) {
      problems.add(
          place(event),
          "",
          "Anchors such as &" + ((NodeEvent) event).getAnchor() + " are not allowed",
          "Write the value out where it is needed; put a text that begins with & in quotes");
    }
    String tag = tag(event);
    if (tag != null) {
      problems.add(
          place(event),
          "",
          "Tags such as " + tag.replace(STANDARD_TAG, "!!") + " are not allowed",
          "Remove the tag; put a text that begins with ! in quotes");
    }
  }

  private static String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
  }

  private Place place(Event event) {
    return placeOf(event.getStartMark(), problems.file());
  }

  private static Place placeOf(Mark mark, String file) {
    return mark == null
        ? Place.whole(file)
        : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The nesting passed {@link #DEEPEST}. */
  private static final class TooDeep extends MarkedYAMLException {
    private static final long serialVersionUID = 1L;

    TooDeep(Mark mark) {
      super(null, null, "nested deeper than " + DEEPEST + " levels", mark);
    }
  }
}
