// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

/**
 * Where something is written.
 *
 * @param file the file as the operator named it
 * @param line line counted from 1; 0 means the file as a whole
 * @param column column counted from 1; 0 means the file as a whole
 */
record Place(String file, int line, int column) {
  static Place whole(String file) {
    return new Place(file, 0, 0);
  }
}
