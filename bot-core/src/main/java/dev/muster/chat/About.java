// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * What a message is about, for readers who cannot see the card and for where a long one goes on.
 *
 * @param key the short name people search for, such as {@code INC-7}
 * @param url the page that holds the whole of it
 */
public record About(String key, String url) {}
