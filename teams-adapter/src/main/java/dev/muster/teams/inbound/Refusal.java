// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import java.util.Locale;

/** Why an inbound call was turned away; the reason is counted and never told to the caller. */
public enum Refusal {
  /** There is no bearer token. */
  NO_TOKEN,
  /** The token is larger than any genuine one. */
  TOKEN_TOO_LARGE,
  /** The token is not three parts of JSON, or repeats a claim. */
  MALFORMED,
  /** The algorithm is not RS256, or the header asks for something special. */
  ALGORITHM,
  /** The key is not one of the Bot Connector's. */
  KEY,
  /** The signature does not fit. */
  SIGNATURE,
  /** Somebody else issued it. */
  ISSUER,
  /** It is for another app. */
  AUDIENCE,
  /** It has ended, never ends, or ends implausibly late. */
  EXPIRY,
  /** It is not valid yet. */
  NOT_BEFORE,
  /** The key may not speak for this channel. */
  ENDORSEMENT,
  /** It does not name the activity's service address, or the address is not on the list. */
  SERVICE_URL,
  /** The activity is of another tenant, or of none. */
  TENANT,
  /** The activity is not of Teams. */
  CHANNEL,
  /** An unsigned call that a web page or a proxy brought, and no program of this machine. */
  NOT_LOCAL;

  /** Returns the name under which it is counted. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
