// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a configuration key that is left out, written as a person would write it in the
 * file: {@code 30s}, {@code true}, {@code [alerts]}. It is read by the same rules as the file.
 *
 * <p>It stands on a component of a configuration record. A component without it must be written in
 * the file, unless it is a list, a map, an {@code Optional} or a record, which are then empty.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** Returns the text of the default. */
  String value();
}
