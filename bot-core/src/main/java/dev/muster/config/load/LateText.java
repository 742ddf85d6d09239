// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

/**
 * A text whose placeholders stay as written, because a secret must not be put in before the request
 * is sent. They are only looked up, to see that they could be.
 *
 * @param text the text as written
 */
record LateText(String text) {}
