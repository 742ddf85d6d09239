// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Instant;

/**
 * The right to open one form for one person; short-lived and used once.
 *
 * @param handle the platform's opaque opening handle
 * @param expiresAt when the platform stops accepting it
 */
public record FormOpening(String handle, Instant expiresAt) {}
