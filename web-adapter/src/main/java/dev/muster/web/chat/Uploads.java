// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.web.chat.WireMessage.WireFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;

/**
 * Files under names of our own making; what people call them never becomes a path. A file is
 * durable before the message that shows it.
 */
final class Uploads {

  /** Longest file in bytes. */
  static final long LONGEST_FILE = 25L * 1024 * 1024;

  private static final int LONGEST_NAME = 255;

  /** Types a browser may show inside the page; every other file is downloaded. */
  private static final Set<String> SHOWN =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  private final Path folder;

  Uploads(Path folder) {
    this.folder = folder;
  }

  /** Writes a file's content. */
  interface Content {
    void writeTo(OutputStream out) throws IOException, Refusal;
  }

  /** Stores a file under {@code id}; nothing is left of it when its content fails. */
  WireFile store(String id, String givenName, String givenType, Content content)
      throws IOException, Refusal {
    Files.createDirectories(folder);
    Path part = folder.resolve(id + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.writeTo(out);
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, folder.resolve(id), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    String url = "/api/v1/chat/files/" + id;
    return new WireFile(id, name(givenName), type(givenType), Files.size(folder.resolve(id)), url);
  }

  private static String name(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = last.replaceAll("\\p{Cntrl}", "").strip();
    String name = clean.isEmpty() ? "file" : clean;
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static String type(String given) {
    String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.matches("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}") ? type : "application/octet-stream";
  }

  /** Removes a file that no message will show. */
  void remove(String id) throws IOException {
    Files.deleteIfExists(folder.resolve(id));
  }

  /** Opens a stored file. */
  InputStream open(String id) throws IOException {
    return Files.newInputStream(folder.resolve(id));
  }

  boolean has(String id) {
    return Files.isRegularFile(folder.resolve(id));
  }

  static boolean isShown(String mediaType) {
    return SHOWN.contains(mediaType);
  }
}
