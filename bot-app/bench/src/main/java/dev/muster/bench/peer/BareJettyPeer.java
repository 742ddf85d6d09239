// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.peer;

/** The server that Muster uses too, with nothing behind it. */
public final class BareJettyPeer {

  private BareJettyPeer() {}

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    JettyPeer.serve(asked -> new JettyPeer.Answer(200, ""), System.out);
  }
}
