// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.teams.client.Json;
import java.nio.charset.StandardCharsets;

/**
 * What the bot answered to an activity.
 *
 * @param status the HTTP status; 0 when nobody answered
 * @param body what stood in the answer; empty for a bare acknowledgement
 */
public record Pushed(int status, String body) {

  /** Nobody answered. */
  public static final Pushed NOBODY = new Pushed(0, "");

  /** Returns whether Teams takes it as received. */
  public boolean isAcknowledged() {
    return status / 100 == 2;
  }

  /** Returns the body read as JSON; an empty object when there is none. */
  public JsonNode json() {
    return Json.readOrEmpty(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the card of a dialog, if the answer opens or keeps one. */
  public Reading dialog() {
    return Reading.card(json().at("/task/value/card/content"));
  }
}
