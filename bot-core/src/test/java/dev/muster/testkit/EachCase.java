// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries whether a handler of a sealed type gives each of its cases to the case's own method. */
public final class EachCase {

  private EachCase() {}

  /** Makes a handler whose methods return the case that each is for. */
  @SuppressWarnings("unchecked") // the caller names the same interface twice
  public static <H> H telling(Class<?> handler) {
    InvocationHandler itsCase =
        (proxy, method, args) ->
            method.isDefault()
                ? InvocationHandler.invokeDefault(proxy, method, args)
                : method.getParameterTypes()[0];
    return (H) Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, itsCase);
  }

  /** Makes a record of that type that says nothing. */
  public static Object blank(Class<?> type) throws ReflectiveOperationException {
    Class<?>[] parts =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return type.getDeclaredConstructor(parts)
        .newInstance(Arrays.stream(parts).map(EachCase::nothing).toArray());
  }

  private static Object nothing(Class<?> part) {
    if (part == List.class) {
      return List.of();
    }
    if (part == Map.class) {
      return Map.of();
    }
    return part == Optional.class ? Optional.empty() : Array.get(Array.newInstance(part, 1), 0);
  }
}
