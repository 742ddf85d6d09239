// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.http.alert.AlertBody.Problem;
import dev.muster.http.alert.AlertBody.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads JSON from strangers: one document in UTF-8 with or without a byte order mark, no key twice,
 * nothing behind it, and every size bounded. Messages name a place, never the text found there.
 */
public final class StrictJson {

  static final int MAX_DEPTH = 64;
  static final int MAX_KEYS = 2_000;
  private static final int MAX_STRING = 256 * 1024;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_NAME = 1_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(MAX_NAME)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** Returns the JSON object that is the whole of a body; empty when it is none, or too large. */
  public static Optional<JsonNode> object(byte[] body) {
    JsonNode[] found = new JsonNode[1];
    read(
        body,
        document -> {
          found[0] = document;
          return new Refused(Problem.NOT_JSON, "");
        });
    return Optional.ofNullable(found[0]).filter(JsonNode::isObject);
  }

  /** Reads a body and goes on with the document, or says why there is none. */
  static AlertBody read(byte[] body, Function<JsonNode, AlertBody> next) {
    if (body.length > AlertDecoder.MAX_BODY) {
      return new Refused(
          Problem.TOO_LARGE, "The body is larger than 5 MiB. Send fewer alerts per call.");
    }
    if (isWide(body)) {
      return notUtf8();
    }
    try {
      JsonNode document = MAPPER.readTree(withoutMark(text(body)));
      return hasTooManyKeys(document)
          ? new Refused(Problem.NOT_JSON, "An object has more than " + MAX_KEYS + " keys.")
          : next.apply(document);
    } catch (CharacterCodingException e) {
      return notUtf8();
    } catch (StreamConstraintsException e) {
      return new Refused(Problem.NOT_JSON, "The body breaks a limit" + place(e) + ". " + limits());
    } catch (JsonProcessingException e) {
      return new Refused(
          Problem.NOT_JSON,
          "The body is not one JSON document without repeated keys: problem" + place(e) + ".");
    }
  }

  private static String text(byte[] body) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** JSON begins with an ASCII character, so a NUL beside it tells of UTF-16 or UTF-32. */
  private static boolean isWide(byte[] body) {
    return body.length > 1 && (body[0] == 0 || body[1] == 0);
  }

  private static Refused notUtf8() {
    return new Refused(Problem.NOT_UTF8, "The body is not UTF-8. Send application/json in UTF-8.");
  }

  private static String limits() {
    return "Depth is at most "
        + MAX_DEPTH
        + ", a text 256 KiB, a key "
        + MAX_NAME
        + " characters, a number "
        + MAX_NUMBER
        + " digits.";
  }

  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static boolean hasTooManyKeys(JsonNode node) {
    if (node.isObject() && node.size() > MAX_KEYS) {
      return true;
    }
    for (JsonNode child : node) {
      if (child.isContainerNode() && hasTooManyKeys(child)) {
        return true;
      }
    }
    return false;
  }
}
