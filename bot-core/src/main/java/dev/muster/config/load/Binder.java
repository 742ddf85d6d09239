// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Binds nodes to records, strictly: every key must be known, every value must be of its place's
 * type. Goes on after a problem, so that all of them are found in one go. A result is empty exactly
 * when a problem was reported, or when a placeholder was left alone on purpose.
 */
final class Binder {

  private final Problems problems;
  private final Optional<Placeholders> placeholders;

  private Binder(Problems problems, Optional<Placeholders> placeholders) {
    this.problems = problems;
    this.placeholders = placeholders;
  }

  /** Returns a binder that puts in what placeholders stand for. */
  static Binder resolving(Problems problems, Placeholders placeholders) {
    return new Binder(problems, Optional.of(placeholders));
  }

  /** Returns a binder for what is switched off: it checks what is written and looks nothing up. */
  static Binder checking(Problems problems) {
    return new Binder(problems, Optional.empty());
  }

  /** Binds a group of keys to a record; {@code alsoKnown} are keys that somebody else reads. */
  <T> Optional<T> bind(Class<T> type, Node node, String path, Set<String> alsoKnown) {
    if (!(node instanceof Node.Mapping mapping)) {
      wrongKind(node, path, "a group of keys");
      return Optional.empty();
    }
    problems.locate(path, node.place());
    RecordShape shape = RecordShape.of(type);
    refuseUnknown(mapping, path, shape.keys(), alsoKnown);
    List<Object> values = new ArrayList<>();
    for (RecordShape.Slot slot : shape.slots()) {
      component(slot, mapping, path).ifPresent(values::add);
    }
    boolean complete = values.size() == shape.slots().size();
    return complete && placeholders.isPresent()
        ? made(shape, values, mapping, path).map(type::cast)
        : Optional.empty();
  }

  /** Binds any node to any type. */
  Optional<Object> value(Type type, Node node, String path) {
    problems.locate(path, node.place());
    if (type instanceof ParameterizedType generic) {
      return container(generic, node, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Node.class) {
      return Optional.of(node);
    }
    if (Scalars.reads(plain)) {
      return scalar(plain, node, path);
    }
    return bind(plain, node, path, Set.of()).map(Object.class::cast);
  }

  /** Reports keys that nobody knows, except those beginning with {@code x-}. */
  void refuseUnknown(Node.Mapping mapping, String path, Set<String> keys, Set<String> alsoKnown) {
    for (Node.Entry entry : mapping.entries()) {
      String key = entry.key().value();
      boolean known = keys.contains(key) || alsoKnown.contains(key) || key.startsWith("x-");
      if (!known) {
        Set<String> all = new LinkedHashSet<>(keys);
        all.addAll(alsoKnown);
        problems.add(
            entry.key().place(),
            Paths.key(path, key),
            "The key " + key + " is not known",
            Nearest.hint(key, all));
      }
    }
  }

  private Optional<Object> component(RecordShape.Slot slot, Node.Mapping mapping, String path) {
    String at = Paths.key(path, slot.key());
    Optional<Node> written = mapping.get(slot.key()).filter(node -> !node.isNothing());
    Optional<Object> bound =
        written.isPresent() ? value(slot.type(), written.get(), at) : absent(slot, mapping, at);
    return bound.filter(value -> Ranges.check(slot, value, at, problems));
  }

  private Optional<Object> absent(RecordShape.Slot slot, Node.Mapping mapping, String at) {
    if (slot.whenAbsent().isPresent()) {
      return value(slot.type(), defaultNode(slot, mapping), at);
    }
    if (slot.type() instanceof ParameterizedType generic) {
      return Optional.of(empty((Class<?>) generic.getRawType()));
    }
    Class<?> plain = (Class<?>) slot.type();
    if (plain.isRecord() && !Scalars.reads(plain)) {
      return value(plain, new Node.Mapping(List.of(), mapping.place()), at);
    }
    if (placeholders.isPresent()) {
      problems.add(
          mapping.place(),
          at,
          "The key " + slot.key() + " is missing",
          "Add " + slot.key() + ": …");
    }
    return Optional.empty();
  }

  private Node defaultNode(RecordShape.Slot slot, Node.Mapping mapping) {
    String text = slot.whenAbsent().orElseThrow();
    if (slot.type() instanceof Class<?> plain && Scalars.reads(plain)) {
      return new Node.Text(text, false, mapping.place());
    }
    Problems own = new Problems(problems.file());
    return YamlReader.read(text, own)
        .orElseThrow(() -> new IllegalStateException("bad default: " + text + own.errors()));
  }

  private static Object empty(Class<?> container) {
    if (container == Optional.class) {
      return Optional.empty();
    }
    return container == Map.class ? Map.of() : List.of();
  }

  private Optional<Object> container(ParameterizedType type, Node node, String path) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return value(arguments[0], node, path).map(Optional::of);
    }
    return type.getRawType() == Map.class
        ? map((Class<?>) arguments[0], arguments[1], node, path)
        : list(arguments[0], node, path);
  }

  private Optional<Object> list(Type item, Node node, String path) {
    if (!(node instanceof Node.Sequence sequence)) {
      wrongKind(node, path, "a list");
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node each = sequence.items().get(i);
      String at = Paths.item(path, i);
      if (each.isNothing()) {
        problems.add(each.place(), at, "This item is empty", "Remove the dash or the comma");
      } else {
        value(item, each, at).ifPresent(values::add);
      }
    }
    return whole(sequence.items().size() == values.size(), Collections.unmodifiableList(values));
  }

  private Optional<Object> map(Class<?> keyType, Type valueType, Node node, String path) {
    if (!(node instanceof Node.Mapping mapping)) {
      wrongKind(node, path, "a group of keys");
      return Optional.empty();
    }
    Map<Object, Object> values = new LinkedHashMap<>();
    int wanted = 0;
    for (Node.Entry entry : mapping.entries()) {
      boolean ours = keyType == String.class || !entry.key().value().startsWith("x-");
      wanted += ours ? 1 : 0;
      if (ours) {
        entry(keyType, valueType, entry, path, values);
      }
    }
    return whole(values.size() == wanted, Collections.unmodifiableMap(values));
  }

  private void entry(
      Class<?> keyType, Type valueType, Node.Entry entry, String path, Map<Object, Object> into) {
    String at = Paths.key(path, entry.key().value());
    Optional<Object> key =
        scalar(keyType, new Node.Text(entry.key().value(), false, entry.key().place()), at);
    Optional<Object> value = value(valueType, entry.value(), at);
    if (key.isEmpty() || value.isEmpty()) {
      return;
    }
    if (into.putIfAbsent(key.get(), value.get()) != null) {
      problems.add(entry.key().place(), at, "This stands here a second time", "Keep one of them");
    }
  }

  private static Optional<Object> whole(boolean complete, Object value) {
    return complete ? Optional.of(value) : Optional.empty();
  }

  private Optional<Object> scalar(Class<?> type, Node node, String path) {
    if (!(node instanceof Node.Text text)) {
      wrongKind(node, path, "a single value");
      return Optional.empty();
    }
    boolean holdsPlaceholder = Placeholders.isIn(text.value());
    if (holdsPlaceholder && placeholders.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> resolved =
        holdsPlaceholder ? placeholders.get().resolve(text, path) : Optional.of(text.value());
    String shown = holdsPlaceholder ? text.value() : null;
    return resolved.flatMap(
        value -> read(type, type == LateText.class ? text.value() : value, shown, text, path));
  }

  /** Reads a text; {@code shown} stands for it in messages when it came from a placeholder. */
  private Optional<Object> read(
      Class<?> type, String value, String shown, Node.Text text, String path) {
    try {
      return Optional.of(Scalars.read(type, value));
    } catch (IllegalArgumentException e) {
      boolean hide = shown != null && !value.isEmpty();
      String what = hide ? e.getMessage().replace(value, shown) : e.getMessage();
      problems.add(text.place(), path, what, hide ? "" : BadValue.hintOf(e));
      return Optional.empty();
    }
  }

  private Optional<Object> made(
      RecordShape shape, List<Object> values, Node.Mapping mapping, String path) {
    try {
      Object made = shape.make(values);
      if (made instanceof Checked checked) {
        checked.check();
      }
      return Optional.of(made);
    } catch (IllegalArgumentException e) {
      String first = e.getMessage().split("[ :,]", 2)[0];
      String at = shape.keys().contains(first) ? Paths.key(path, first) : path;
      Node node = mapping.get(first).orElse(mapping);
      problems.add(node.place(), at, e.getMessage(), BadValue.hintOf(e));
      return Optional.empty();
    }
  }

  private void wrongKind(Node node, String path, String wanted) {
    String hint = "";
    if (wanted.equals("a list") && node instanceof Node.Text text) {
      hint = "Write [" + text.value() + "]";
    }
    problems.add(node.place(), path, "Here stands " + node.kind() + ", wanted is " + wanted, hint);
  }
}
