// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event finds the method that is for it; none falls to another's. */
class ChatEventHandlerTest {

  static Class<?>[] cases() {
    return ChatEvent.class.getPermittedSubclasses();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void handle_anyEvent_givesItToItsOwnMethod(Class<?> type) throws ReflectiveOperationException {
    InvocationHandler tellWhich =
        (proxy, method, args) ->
            method.isDefault()
                ? InvocationHandler.invokeDefault(proxy, method, args)
                : method.getParameterTypes()[0];
    ChatEventHandler<?> handler =
        (ChatEventHandler<?>)
            Proxy.newProxyInstance(
                ChatEventHandler.class.getClassLoader(),
                new Class<?>[] {ChatEventHandler.class},
                tellWhich);

    assertEquals(type, handler.handle((ChatEvent) blank(type)));
  }

  /** An event of that kind that says nothing. */
  private static Object blank(Class<?> type) throws ReflectiveOperationException {
    Class<?>[] parts =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(parts);
    return constructor.newInstance(
        Arrays.stream(parts).map(part -> Array.get(Array.newInstance(part, 1), 0)).toArray());
  }
}
