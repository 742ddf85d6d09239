// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a component of a configuration record that its adapter heeds a change of it while it
 * runs. After a reload of the configuration operators are told to restart for a change of any
 * other.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Live {}
