// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads query parameters; what cannot be read is refused with a sentence. */
final class QueryWords {

  /** A query parameter that cannot be read. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ApiProblem problem;

    Unreadable(String name, String sentence) {
      super(sentence, null, false, false);
      problem = new ApiProblem(400, "bad_parameter", name + ": " + sentence);
    }

    ApiProblem problem() {
      return problem;
    }
  }

  private QueryWords() {}

  /** Returns a whole number, capped at {@code max}. */
  static int limit(RouteRequest request, int fallback, int max) {
    Optional<String> written = request.query("limit").filter(text -> !text.isBlank());
    if (written.isEmpty()) {
      return fallback;
    }
    long number = number("limit", written.get());
    if (number < 1) {
      throw new Unreadable("limit", "is from 1 to " + max);
    }
    return (int) Math.min(number, max);
  }

  /** Returns a whole number from 0; 0 when it is absent. */
  static long position(RouteRequest request, String name) {
    return request.query(name).filter(text -> !text.isBlank()).map(t -> number(name, t)).orElse(0L);
  }

  private static long number(String name, String text) {
    try {
      long number = Long.parseLong(text.strip());
      if (number < 0) {
        throw new Unreadable(name, "is 0 or more");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new Unreadable(name, "is a whole number, such as 100");
    }
  }

  /** Returns words separated by commas, each read by {@code parse}. */
  static <E extends Enum<E>> Set<E> words(
      RouteRequest request, String name, Class<E> kind, Function<String, Optional<E>> parse) {
    Set<E> found = EnumSet.noneOf(kind);
    for (String word : request.query(name).orElse("").split(",")) {
      if (!word.isBlank()) {
        Optional<E> value = parse.apply(word.strip());
        found.add(value.orElseThrow(() -> new Unreadable(name, "is one of " + all(kind))));
      }
    }
    return found;
  }

  private static <E extends Enum<E>> String all(Class<E> kind) {
    return Arrays.stream(kind.getEnumConstants())
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** Returns the reader of an enum whose words are its names in lower case. */
  static <E extends Enum<E>> Function<String, Optional<E>> names(Class<E> kind) {
    return word -> {
      for (E value : kind.getEnumConstants()) {
        if (value.name().equals(word.toUpperCase(Locale.ROOT))) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    };
  }
}
