// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns the text of a scalar into the type of its place. A type of our own joins by having a public
 * static method {@code parse(String)} that returns it and refuses with an {@code
 * IllegalArgumentException}.
 */
final class Scalars {

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(LateText.class, LateText::new),
          Map.entry(Secret.class, Secret::of),
          Map.entry(int.class, text -> (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(
              Integer.class, text -> (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(long.class, text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(boolean.class, Scalars::truth),
          Map.entry(Boolean.class, Scalars::truth),
          Map.entry(Duration.class, Durations::parse),
          Map.entry(DurationOrOff.class, DurationOrOff::parse),
          Map.entry(URI.class, Scalars::uri),
          Map.entry(Path.class, Scalars::path),
          Map.entry(ZoneId.class, Zones::parse),
          Map.entry(LocalDateTime.class, Scalars::localTime));

  private static final ClassValue<Optional<Method>> PARSE_METHODS =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          return findParseMethod(type);
        }
      };

  private Scalars() {}

  /** Returns whether values of this type are written as one text. */
  static boolean reads(Class<?> type) {
    return READERS.containsKey(type) || type.isEnum() || parseMethod(type).isPresent();
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static Object read(Class<?> type, String text) {
    Function<String, Object> reader = READERS.get(type);
    if (reader != null) {
      return reader.apply(text);
    }
    return type.isEnum() ? constant(type, text) : parsed(type, text);
  }

  /** Returns how people write an enum's constant. */
  static String written(Object constant) {
    String name = ((Enum<?>) constant).name();
    boolean shouted = name.startsWith("SEV");
    return shouted ? name : name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Object constant(Class<?> type, String text) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (written(constant).equalsIgnoreCase(text.strip())) {
        return constant;
      }
    }
    List<String> known = Arrays.stream(constants).map(Scalars::written).toList();
    throw new BadValue(
        "'" + text + "' is none of " + String.join(", ", known), Nearest.suggestion(text, known));
  }

  private static long number(String text, long min, long max) {
    if (!text.matches("-?(0|[1-9][0-9]{0,17})")) {
      throw new BadValue(
          "'" + text + "' is no whole number", "Write digits only, without a leading zero");
    }
    long number = Long.parseLong(text);
    if (number < min || number > max) {
      throw new BadValue("'" + text + "' is out of range", "");
    }
    return number;
  }

  private static boolean truth(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    throw new BadValue("'" + text + "' is neither true nor false", "Write true or false");
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new BadValue("'" + text + "' is no address", "Write for example https://example.com/");
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadValue("'" + text + "' is no path", "");
    }
  }

  private static LocalDateTime localTime(String text) {
    try {
      LocalDateTime time = LocalDateTime.parse(text);
      if (time.getYear() < 1970 || time.getYear() > 2200) {
        throw new BadValue("'" + text + "' is not in this age", "The years are 1970 to 2200");
      }
      return time;
    } catch (DateTimeException e) {
      throw new BadValue(
          "'" + text + "' is no local time", "Write for example \"2026-01-05T09:00\"");
    }
  }

  private static Object parsed(Class<?> type, String text) {
    try {
      return parseMethod(type).orElseThrow().invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(type + ".parse", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(type + ".parse is not public", e);
    }
  }

  private static Optional<Method> parseMethod(Class<?> type) {
    return PARSE_METHODS.get(type);
  }

  private static Optional<Method> findParseMethod(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("parse"))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == type)
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .findFirst();
  }
}
