// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The committed file in which the results of all runs add up, one line per batch. */
final class ProofFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  ProofFile(Path file) {
    this.file = file;
  }

  /** Returns every result, in the order of their batches. */
  List<ProofResult> read() throws IOException {
    List<ProofResult> all = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        all.add(JSON.readValue(line, ProofResult.class));
      }
    }
    return all;
  }

  /** Adds a result behind the others; what was there stays as it is. */
  void append(ProofResult result) throws IOException {
    Files.writeString(
        file, json(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String json(ProofResult result) throws JsonProcessingException {
    return JSON.writeValueAsString(result);
  }
}
