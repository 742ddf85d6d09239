// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The key of a configuration record's component, where Java does not allow the word as a name, such
 * as {@code default}. Without it the key is the component's name in kebab-case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** Returns the key as it stands in the file. */
  String value();
}
