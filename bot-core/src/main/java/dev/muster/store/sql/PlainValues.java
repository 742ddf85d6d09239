// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as they come back from JSON: maps in the order of their keys, whole numbers as long. */
final class PlainValues {

  private PlainValues() {}

  static Map<String, Object> of(Map<String, Object> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    new TreeMap<>(values).forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static Object plain(Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PlainValues::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((name, inner) -> sorted.put(String.valueOf(name), inner));
      return of(sorted);
    }
    throw new IllegalArgumentException(
        "an entry's data holds strings, numbers, booleans, lists and maps, not "
            + (value == null ? "null" : value.getClass().getName()));
  }
}
