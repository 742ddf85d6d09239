// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Live;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds what changed under {@code platforms} that no adapter heeds while it runs. Pure. */
final class PlatformChanges {

  private PlatformChanges() {}

  /** Returns the keys whose change a restart alone takes over. */
  static List<String> needingARestart(
      Map<String, PlatformSettings> before, Map<String, PlatformSettings> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      Optional<Record> was = running(before, name);
      Optional<Record> is = running(after, name);
      if (was.isPresent() != is.isPresent()) {
        keys.add("platforms." + name + ".enabled");
      } else if (was.isPresent()) {
        keys.addAll(changed("platforms." + name + ".", was.get(), is.get()));
      }
    }
    return keys;
  }

  private static Optional<Record> running(Map<String, PlatformSettings> platforms, String name) {
    return Optional.ofNullable(platforms.get(name))
        .filter(PlatformSettings::enabled)
        .flatMap(PlatformSettings::own);
  }

  private static List<String> changed(String prefix, Record was, Record is) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent part : was.getClass().getRecordComponents()) {
      boolean same = Objects.equals(value(part, was), value(part, is));
      if (!same && !part.isAnnotationPresent(Live.class)) {
        keys.add(prefix + kebab(part.getName()));
      }
    }
    return keys;
  }

  /** Adapters keep their records to themselves, so their accessors have to be opened. */
  private static Object value(RecordComponent part, Record record) {
    try {
      Method accessor = part.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(part.getName() + " cannot be read", e);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
