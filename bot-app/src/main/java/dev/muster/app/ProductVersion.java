// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.util.Optional;

/** The version of the product, as the manifest of the program's archive says it. */
final class ProductVersion {

  private static final String UNPACKED = "development";

  private ProductVersion() {}

  /** Returns the version; a program that does not run from its archive is in development. */
  static String current() {
    String written = ProductVersion.class.getPackage().getImplementationVersion();
    return Optional.ofNullable(written).orElse(UNPACKED);
  }
}
