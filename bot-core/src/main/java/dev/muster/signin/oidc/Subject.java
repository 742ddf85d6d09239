// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import java.util.List;

/**
 * Whom the provider vouches for.
 *
 * @param id its key for this person, which never changes
 * @param suggestedName what it calls them; empty when it does not say
 * @param groups the groups it says they are in
 */
public record Subject(String id, String suggestedName, List<String> groups) {}
