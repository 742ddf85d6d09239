// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.EachCase;
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
    ChatEventHandler<Class<?>> handler = EachCase.telling(ChatEventHandler.class);

    assertEquals(type, handler.handle((ChatEvent) EachCase.blank(type)));
  }
}
