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
 */
public record SharedFile(String id, String name, String mediaType, long size, String url) {}
