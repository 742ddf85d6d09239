// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A file that a person shared.
 *
 * @param id the platform's identifier
 * @param name the file's name as given; untrusted
 * @param mediaType the declared media type; untrusted
 * @param size in bytes, 0 when unknown
 * @param url where members can read it
 * @param keptBack whether the platform told only that there is a file; reading the message again
 *     may tell what it is
 */
public record SharedFile(
    String id, String name, String mediaType, long size, String url, boolean keptBack) {

  /** Makes a file of which the platform told everything. */
  public SharedFile(String id, String name, String mediaType, long size, String url) {
    this(id, name, mediaType, size, url, false);
  }
}
