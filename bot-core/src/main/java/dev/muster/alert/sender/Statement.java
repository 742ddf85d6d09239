// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import java.util.Map;

/**
 * What a sender's message says.
 *
 * @param sender whose message it is, one lower-case word
 * @param identity what makes two messages of this sender be about the same; never blank
 * @param status whether it fires
 * @param title one line for people; never blank
 * @param labels names and values, {@code alertname} among them
 * @param notes further names and values, those of {@link dev.muster.alert.AlertMessage} among them
 * @param url where the sender shows it; empty for none
 */
public record Statement(
    String sender,
    String identity,
    Alert.Status status,
    String title,
    Map<String, String> labels,
    Map<String, String> notes,
    String url) {

  /** Keeps unmodifiable copies. */
  public Statement {
    labels = Map.copyOf(labels);
    notes = Map.copyOf(notes);
  }
}
