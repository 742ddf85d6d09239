// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range of a configuration value, both ends included, written as in the file. It stands on a
 * component of a configuration record that is a number or a duration.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {
  /** Returns the smallest value allowed. */
  String min();

  /** Returns the largest value allowed. */
  String max();
}
