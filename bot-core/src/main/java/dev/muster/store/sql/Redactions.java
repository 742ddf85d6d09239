// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.timeline.EntryKind;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a chain was redacted, and by which facts. Words that took the place of others have no
 * salt and fit no commitment; instead the fact of their redaction, further down the same chain,
 * holds their hash. One chain, from its first entry to its last.
 */
final class Redactions {

  /** The value of such a fact that holds the hashes, by the places of the entries. */
  static final String ENTRIES = "entries";

  private static final byte[] NO_SALT = {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChainHash chain = new ChainHash();
  private final Map<Long, String> found = new TreeMap<>();
  private final Map<Long, String> told = new HashMap<>();

  /** Returns whether the words of an entry took the place of others. */
  static boolean isReplaced(ChainLink link) {
    return link.salt() != null && link.salt().length == 0;
  }

  /** The hash of words that took the place of others. */
  static String hash(ChainHash chain, ChainHash.Words words) {
    return HexFormat.of().formatHex(chain.commitment(NO_SALT, words));
  }

  /** Takes note of the next entry. */
  void next(ChainLink link) {
    if (isReplaced(link)) {
      found.put(link.place().seq(), hash(chain, link.words()));
    }
    if (link.salt() != null && link.place().kind().equals(EntryKind.REDACTED.word())) {
      note(link.words().details());
    }
  }

  private void note(String details) {
    try {
      JsonNode entries = JSON.readTree(details).path(ENTRIES);
      entries
          .properties()
          .forEach(e -> told.put(Long.parseLong(e.getKey()), e.getValue().asText()));
    } catch (JsonProcessingException | NumberFormatException e) {
      // Such a fact speaks for no entry, so the entries it was for are found at the end.
      return;
    }
  }

  /** Returns the first entry whose words no redaction put there; at the end of the chain. */
  Optional<Long> firstUntold() {
    return found.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(told.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
