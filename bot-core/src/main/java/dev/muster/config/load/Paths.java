// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

/** Writes the path of a key, such as {@code services[0].name}. */
final class Paths {

  private Paths() {}

  static String key(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String item(String path, int index) {
    return path + "[" + index + "]";
  }
}
