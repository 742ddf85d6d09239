// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import java.util.List;
import java.util.Optional;

/**
 * The alerts of one call.
 *
 * @param source the source's name
 * @param fresh the body as it arrived, without items that came before and were stored
 * @param unseen what of that may hold a secret
 * @param hash a hash of the body, by which repeats are recognised
 * @param alerts every alert in it
 * @param omitted how many more the sender says it left out
 * @param acknowledged the key under which the sender was told it is durable, before there was a
 *     store to put it into; what is stored under it is never stored again. Empty for a call that is
 *     still to be answered
 */
public record PushedAlerts(
    String source,
    byte[] fresh,
    byte[] unseen,
    String hash,
    List<Alert> alerts,
    int omitted,
    Optional<String> acknowledged) {}
