// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Key;
import dev.muster.chat.spi.Within;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys a record of settings has, and how one is made. */
final class RecordShape {

  /**
   * One key.
   *
   * @param key the key as it stands in the file
   * @param type the type of its value
   * @param whenAbsent the text that is read when it is left out
   * @param range the range of its value
   */
  record Slot(String key, Type type, Optional<String> whenAbsent, Optional<Within> range) {}

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return lookAt(type);
        }
      };

  private final Constructor<?> constructor;
  private final List<Slot> slots;
  private final Set<String> keys;

  private RecordShape(Constructor<?> constructor, List<Slot> slots) {
    this.constructor = constructor;
    this.slots = slots;
    this.keys = new LinkedHashSet<>(slots.stream().map(Slot::key).toList());
  }

  /** Returns the shape of a record; looked at once per type. */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static RecordShape lookAt(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape(
          constructor, Arrays.stream(components).map(RecordShape::slot).toList());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " is no record", e);
    }
  }

  List<Slot> slots() {
    return slots;
  }

  Set<String> keys() {
    return keys;
  }

  /**
   * Makes the record.
   *
   * @throws IllegalArgumentException as the record's own constructor says
   */
  Object make(List<Object> values) {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(constructor.toString(), e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(constructor.toString(), e);
    }
  }

  private static Slot slot(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    Default absent = component.getAnnotation(Default.class);
    return new Slot(
        key == null ? kebab(component.getName()) : key.value(),
        component.getGenericType(),
        Optional.ofNullable(absent).map(Default::value),
        Optional.ofNullable(component.getAnnotation(Within.class)));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
