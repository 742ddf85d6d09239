// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.EachCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each order finds the method that is for it; none falls to another's. */
class EffectHandlerTest {

  static Class<?>[] cases() {
    return Effect.class.getPermittedSubclasses();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void handle_anyOrder_givesItToItsOwnMethod(Class<?> type) throws ReflectiveOperationException {
    EffectHandler<Class<?>> handler = EachCase.telling(EffectHandler.class);

    assertEquals(type, handler.handle((Effect) EachCase.blank(type)));
  }
}
