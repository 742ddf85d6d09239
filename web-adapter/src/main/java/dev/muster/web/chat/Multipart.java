// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part from a stream, strictly and without
 * keeping more than one part's header in memory. For one thread.
 */
final class Multipart {

  private static final int LONGEST_HEADER = 4 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;.*\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");

  /** Takes whole runs at once: the library goes a step deeper for each round of a choice. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(name|filename)=\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

  private final InputStream in;
  private final byte[] delimiter;

  private Multipart(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins to read; empty when the content type is another. */
  static Optional<Multipart> of(String contentType, InputStream in) {
    Matcher found = BOUNDARY.matcher(contentType);
    return found.matches()
        ? Optional.of(new Multipart(in, found.group(1) != null ? found.group(1) : found.group(2)))
        : Optional.empty();
  }

  /**
   * A part's header.
   *
   * @param name the field's name
   * @param fileName the file's name as given; empty for a plain field
   * @param mediaType the declared media type
   */
  record Part(String name, Optional<String> fileName, String mediaType) {}

  /** Goes to the first part; empty when there is none. */
  Optional<Part> first() throws IOException, Refusal {
    byte[] opening = in.readNBytes(delimiter.length - 2);
    for (int i = 0; i < opening.length; i++) {
      if (opening[i] != delimiter[i + 2]) {
        throw broken();
      }
    }
    return next();
  }

  /** Goes to the next part, once the one before has been read; empty at the end. */
  Optional<Part> next() throws IOException, Refusal {
    String rest = line();
    if (rest.equals("--")) {
      return Optional.empty();
    }
    if (!rest.isEmpty()) {
      throw broken();
    }
    Map<String, String> headers = new TreeMap<>();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      length += line.length();
      int colon = line.indexOf(':');
      if (colon < 1 || length > LONGEST_HEADER) {
        throw broken();
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return Optional.of(part(headers));
  }

  private static Part part(Map<String, String> headers) throws Refusal {
    Map<String, String> parameters = new TreeMap<>();
    Matcher found = PARAMETER.matcher(headers.getOrDefault("content-disposition", ""));
    while (found.find()) {
      parameters.put(
          found.group(1), found.group(2).replaceAll("\\\\(.)", "$1").replace("%22", "\""));
    }
    if (!parameters.containsKey("name")) {
      throw broken();
    }
    return new Part(
        parameters.get("name"),
        Optional.ofNullable(parameters.get("filename")),
        headers.getOrDefault("content-type", "application/octet-stream"));
  }

  private String line() throws IOException, Refusal {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 && line.toString(StandardCharsets.UTF_8).equals("--")) {
        return "--";
      }
      if (b < 0 || line.size() > LONGEST_HEADER) {
        throw broken();
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Copies the content of the current part.
   *
   * @return its length in bytes; empty when it is longer than {@code limit}, and then reading ends
   */
  Optional<Long> copyTo(OutputStream out, long limit) throws IOException, Refusal {
    long length = 0;
    int matched = 0;
    while (matched < delimiter.length) {
      int b = in.read();
      if (b < 0) {
        throw broken();
      }
      if (b == delimiter[matched]) {
        matched++;
        continue;
      }
      out.write(delimiter, 0, matched);
      length += matched;
      matched = b == delimiter[0] ? 1 : 0;
      if (matched == 0) {
        out.write(b);
        length++;
      }
      if (length > limit) {
        return Optional.empty();
      }
    }
    return Optional.of(length);
  }

  private static Refusal broken() {
    return Refusal.bad("bad_multipart", "The body is not whole multipart/form-data.");
  }
}
