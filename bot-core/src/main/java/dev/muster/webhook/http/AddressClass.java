// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import java.net.InetAddress;
import java.util.List;

/**
 * What an address is for, after the special-purpose address registries of IANA (RFC 6890 and its
 * successors).
 */
enum AddressClass {
  /** Reachable from anywhere. */
  PUBLIC,
  /** Loopback, private or shared: may be called only when the operator named it. */
  INTERNAL,
  /** Never the address of a target: link-local with its metadata services, tunnels, multicast. */
  NEVER;

  private static final List<Block> INTERNAL_V4 =
      List.of(
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("172.16.0.0", 12),
          Block.of("192.168.0.0", 16));
  private static final List<Block> NEVER_V4 =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 4),
          Block.of("240.0.0.0", 4));
  private static final List<Block> INTERNAL_V6 =
      List.of(Block.of("::1", 128), Block.of("fc00::", 7));
  private static final Block GLOBAL_V6 = Block.of("2000::", 3);
  private static final List<Block> NEVER_V6 =
      List.of(
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  /** Names an IPv4 address in its last four bytes; used where a network has no IPv4 (RFC 6052). */
  private static final Block NAT64 = Block.of("64:ff9b::", 96);

  private static final Block MAPPED_V4 = new Block(mappedPrefix(), 96);

  /** Returns the class of an address. */
  static AddressClass of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? ofV4(bytes) : ofV6(bytes);
  }

  private static AddressClass ofV4(byte[] bytes) {
    if (INTERNAL_V4.stream().anyMatch(block -> block.contains(bytes))) {
      return INTERNAL;
    }
    return NEVER_V4.stream().anyMatch(block -> block.contains(bytes)) ? NEVER : PUBLIC;
  }

  private static AddressClass ofV6(byte[] bytes) {
    byte[] tail = new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]};
    if (MAPPED_V4.contains(bytes)) {
      return ofV4(tail);
    }
    if (NAT64.contains(bytes)) {
      return ofV4(tail) == PUBLIC ? PUBLIC : NEVER;
    }
    if (INTERNAL_V6.stream().anyMatch(block -> block.contains(bytes))) {
      return INTERNAL;
    }
    boolean special = NEVER_V6.stream().anyMatch(block -> block.contains(bytes));
    if (!GLOBAL_V6.contains(bytes) || special) {
      return NEVER;
    }
    return isIsatap(bytes) && ofV4(tail) != PUBLIC ? NEVER : PUBLIC;
  }

  /** Interface identifiers of RFC 5214 carry an IPv4 address that a router may unwrap. */
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xfc) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
  }

  private static byte[] mappedPrefix() {
    byte[] prefix = new byte[16];
    prefix[10] = (byte) 0xff;
    prefix[11] = (byte) 0xff;
    return prefix;
  }

  /** Addresses that begin with the same bits. */
  private record Block(byte[] prefix, int bits) {

    static Block of(String literal, int bits) {
      return new Block(Literals.parse(literal).orElseThrow().getAddress(), bits);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
