// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import java.time.Instant;

/**
 * One attempt of one browser to sign in.
 *
 * @param state binds the provider's answer to the browser
 * @param nonce binds the ID token to the attempt
 * @param verifier binds the code to the attempt (PKCE, RFC 7636)
 * @param began when it began
 */
public record Attempt(String state, String nonce, String verifier, Instant began) {}
