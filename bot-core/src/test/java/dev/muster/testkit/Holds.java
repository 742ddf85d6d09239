// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.spi.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the capabilities that a test of the chat contract holds: natively on a platform that has
 * them, as their fallback on one that lacks them. {@link ContractGround#can} insists on it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Holds {
  /** Returns which. */
  Capability[] value();
}
