// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.Secret;
import java.time.Instant;
import java.util.Optional;
import okhttp3.FormBody;

/** How the app proves to the sign-in service who it is. Prints no secret. Immutable. */
public sealed interface AppProof permits AppProof.Password, AppCertificate {

  /**
   * Puts the proof into a sign-in.
   *
   * @param form the sign-in's parameters
   * @param signIn who signs in where
   */
  void addTo(FormBody.Builder form, SignInTo signIn);

  /** Returns whether there is nothing to prove with, as in an anonymous trial. */
  default boolean isBlank() {
    return false;
  }

  /** Returns when the proof ends by itself, where that can be seen. */
  default Optional<Instant> ends() {
    return Optional.empty();
  }

  /** Returns the key of the configuration that holds it. */
  String key();

  /**
   * One sign-in.
   *
   * @param appId the app's id
   * @param address the address it goes to
   * @param now our time
   * @param id never used before
   */
  record SignInTo(String appId, String address, Instant now, String id) {}

  /**
   * A client secret.
   *
   * @param secret as Entra showed it once
   */
  record Password(Secret secret) implements AppProof {

    @Override
    public void addTo(FormBody.Builder form, SignInTo signIn) {
      form.add("client_secret", secret.reveal());
    }

    @Override
    public boolean isBlank() {
      return secret.isBlank();
    }

    @Override
    public String key() {
      return "app-password";
    }
  }
}
