// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses written as numbers; asks no name server. */
final class Literals {

  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** The longest spelling, of a mapped address; the patterns are not meant for more. */
  private static final int LONGEST = 45;

  private Literals() {}

  /** Returns the address; empty for a name and for odd spellings such as 127.1. */
  static Optional<InetAddress> parse(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean v4 = bare.length() <= LONGEST && V4.matcher(bare).matches();
    boolean v6 = bare.length() <= LONGEST && V6.matcher(bare).matches();
    if (!v4 && !v6) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
