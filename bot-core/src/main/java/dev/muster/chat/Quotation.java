// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that a person chose before giving a command about it; its words are untrusted.
 *
 * @param message which
 * @param author who wrote it
 * @param byProgram whether a program wrote it
 * @param text the words; for programs the text of their cards
 * @param at when it was written, by the platform's clock
 * @param permalink where members can read it
 */
public record Quotation(
    MessageRef message,
    Person author,
    boolean byProgram,
    String text,
    Instant at,
    Optional<String> permalink) {}
