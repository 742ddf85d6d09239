// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.teams.client.AppProof;
import java.util.function.Supplier;

/**
 * The secret or certificate in force: of the first configuration, until a reload brings another. A
 * certificate is read once per configuration. Thread-safe.
 */
final class ProofInForce implements Supplier<AppProof> {

  private final PlatformRuntime runtime;
  private TeamsSettings from;
  private AppProof proof;

  ProofInForce(TeamsSettings first, PlatformRuntime runtime) {
    this.runtime = runtime;
    this.from = first;
    this.proof = first.proof();
  }

  @Override
  public synchronized AppProof get() {
    TeamsSettings now = runtime.reloaded(TeamsSettings.class).orElse(from);
    if (!now.equals(from)) {
      proof = now.proof();
      from = now;
    }
    return proof;
  }
}
